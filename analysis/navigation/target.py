"""Where navigation stands and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.boundary.edges import Boundary
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Position:
    """Lines and columns count from 1, columns in UTF-8 bytes."""

    path: str
    line: int
    column: int


def native_at(boundary: Boundary, at: Position) -> list[Binding]:
    """Edges whose C function, type or table is defined at a position."""
    return boundary.defined_at(at.path, at.line, at.column)


def python_at(boundary: Boundary, at: Position) -> list[Binding]:
    """Edges that a Python name, or the string of a method table, at a position stands for."""
    return boundary.at(at.path, at.line, at.column)


def is_python(path: str) -> bool:
    return path.endswith(".py")


def distinct(spans: Iterable[Span]) -> list[Span]:
    """Without repeats, in order of file and place."""
    return sorted(dict.fromkeys(spans), key=lambda s: (s.path, s.line, s.column))


def python_uses(snapshot: Snapshot, binding: Binding, lines: Lines | None = None) -> list[Span]:
    """Uses outside of the declaration's own lines."""
    declared, lines = binding.declared, lines or Lines(snapshot)
    if declared is None or binding.kind != "ctypes":
        return list(binding.all_uses)
    return [use for use in binding.all_uses if use.path != declared.path or not _declares(lines.after(use))]


def _declares(behind: str) -> bool:
    """Does a name with this text behind it stand left of `.argtypes = ` or `.restype = `?"""
    what, equals, _ = behind.lstrip("\"')]").partition("=")
    return bool(equals) and what.strip() in (".argtypes", ".restype", ".errcheck")
