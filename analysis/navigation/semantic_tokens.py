"""Semantic tokens for native names in Python.

Functions, methods, attributes and types that are C behind their Python names, marked `native`; nothing else of the
file is coloured. Editors that take semantic tokens from one server only should take them from the Python one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.target import is_python
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot

TokenKind = Literal["function", "method", "property", "class"]
_KINDS: dict[str, TokenKind] = {"method": "method", "getset": "property", "member": "property", "type": "class"}


@dataclass(frozen=True, slots=True)
class Token:
    span: Span
    kind: TokenKind


def semantic_tokens(snapshot: Snapshot, index: Index, path: str) -> list[Token]:
    """The native names of a Python file, in order; those that the text no longer has are left out."""
    lines, found = Lines(snapshot), dict[tuple[int, int], Token]()
    for line in range(1, len(lines.of(path)) + 1) if is_python(path) else ():
        for span, binding in index.boundary.on_line(path, line):
            if span.line == span.end_line and _is_name(span, binding, lines):
                found[span.line, span.column] = Token(span, _KINDS.get(binding.kind, "function"))
    return [found[place] for place in sorted(found)]


def _is_name(span: Span, binding: Binding, lines: Lines) -> bool:
    """Does a name of the binding stand there, outside of quotes?"""
    if lines.before(span)[-1:] in ("'", '"'):
        return False
    return lines.spelled(span) in (binding.native, binding.python.rpartition(".")[2])
