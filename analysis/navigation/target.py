"""Where navigation stands and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.edges import Boundary, covers
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Position:
    """Lines and columns count from 1, columns in UTF-8 bytes."""

    path: str
    line: int
    column: int


def native_at(boundary: Boundary, at: Position) -> list[Binding]:
    """Edges whose C function, type or table is defined at a position."""
    return [
        b for b in boundary.bindings if b.definition is not None and covers(b.definition, at.path, at.line, at.column)
    ]


def python_at(boundary: Boundary, at: Position) -> list[Binding]:
    """Edges that a Python name, or the string of a method table, at a position stands for."""
    return boundary.at(at.path, at.line, at.column)


def is_python(path: str) -> bool:
    return path.endswith(".py")


def distinct(spans: list[Span]) -> list[Span]:
    """Without repeats, in order of file and place."""
    return sorted(dict.fromkeys(spans), key=lambda s: (s.path, s.line, s.column))


def python_uses(snapshot: Snapshot, binding: Binding) -> list[Span]:
    """Uses outside of the declaration's own lines."""
    declared = binding.declared
    return [
        use
        for use in binding.uses
        if declared is None
        or binding.kind != "ctypes"
        or use.path != declared.path
        or snapshot.line(use.path, use.line).split("=")[0].rstrip().endswith((".argtypes", ".restype")) is False
    ]
