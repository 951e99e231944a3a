"""Positions of the protocol and ours: lines from 0 in the client's units there, lines from 1 in UTF-8 bytes here."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.workspace import Snapshot
from lsprotocol import types
from pygls import uris


def to_units(line: str, column: int, encoding: str) -> int:
    """The client's character offset of a byte column (from 1) in a line of text."""
    prefix = line.encode()[: max(column - 1, 0)].decode("utf-8", "ignore")
    return _length(prefix, encoding)


def to_column(line: str, character: int, encoding: str) -> int:
    """The byte column (from 1) of a client's character offset; an offset beyond the line is its end."""
    units = 0
    for index, letter in enumerate(line):
        if units >= character:
            return len(line[:index].encode()) + 1
        units += _length(letter, encoding)
    return len(line.encode()) + 1


def _length(text: str, encoding: str) -> int:
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode())
    if encoding == types.PositionEncodingKind.Utf32:
        return len(text)
    return len(text.encode("utf-16-le")) // 2


def location_of(snapshot: Snapshot, span: Span, encoding: str) -> types.Location:
    """A span as a location of the protocol."""
    start = types.Position(span.line - 1, to_units(snapshot.line(span.path, span.line), span.column, encoding))
    end_line = snapshot.line(span.path, span.end_line)
    end = types.Position(span.end_line - 1, to_units(end_line, span.end_column, encoding))
    return types.Location(uri_of(span.path), types.Range(start, end))


def uri_of(path: str) -> str:
    """The URI of an absolute path."""
    return Path(path).as_uri()


def path_of(uri: str) -> str:
    """The path of a file's URI; empty for other schemes."""
    return (uris.to_fs_path(uri) or "") if uri.startswith("file:") else ""
