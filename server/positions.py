"""Positions of the protocol and ours: lines from 0 in the client's units there, lines from 1 in UTF-8 bytes here."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.navigation.text import Lines
from lsprotocol import types
from pygls import uris


def to_units(line: str, column: int, encoding: str) -> int:
    """The client's character offset of a byte column (from 1) in a line of text."""
    prefix = line.encode("utf-8", "surrogatepass")[: max(column - 1, 0)].decode("utf-8", "ignore")
    return _length(prefix, encoding)


def to_column(line: str, character: int, encoding: str) -> int:
    """The byte column (from 1) of a client's character offset; an offset beyond the line is its end."""
    units = 0
    for index, letter in enumerate(line):
        if units >= character:
            return len(line[:index].encode("utf-8", "surrogatepass")) + 1
        units += _length(letter, encoding)
    return len(line.encode("utf-8", "surrogatepass")) + 1


def _length(text: str, encoding: str) -> int:
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    if encoding == types.PositionEncodingKind.Utf32:
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def position_of(lines: Lines, path: str, line: int, column: int, encoding: str) -> types.Position:
    """A place of ours as a position of the protocol."""
    return types.Position(line - 1, to_units(lines.line(path, line), column, encoding))


def range_of(lines: Lines, span: Span, encoding: str) -> types.Range:
    """A span as a range of the protocol."""
    start = position_of(lines, span.path, span.line, span.column, encoding)
    return types.Range(start, position_of(lines, span.path, span.end_line, span.end_column, encoding))


def location_of(lines: Lines, span: Span, encoding: str) -> types.Location:
    """A span as a location of the protocol."""
    return types.Location(uri_of(span.path), range_of(lines, span, encoding))


def uri_of(path: str) -> str:
    """The URI of an absolute path."""
    return Path(path).as_uri()


def path_of(uri: str) -> str:
    """The path of a file's URI; empty for other schemes."""
    return (uris.to_fs_path(uri) or "") if uri.startswith("file:") else ""
