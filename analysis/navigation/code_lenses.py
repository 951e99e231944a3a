"""Code lenses over C functions that Python reaches.

"3 Python callers" lists the Python uses of the function; "bound as buffer.Buffer.fill" leads to the table or the
`argtypes` line where Python is told of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.target import distinct, python_uses
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Lens:
    """A title over a place, and what it shows when it is chosen."""

    at: Span
    title: str
    places: tuple[Span, ...]


def code_lenses(snapshot: Snapshot, index: Index, path: str) -> list[Lens]:
    """The lenses of a C file, in order; a function that has moved since gets none."""
    lines = Lines(snapshot)
    by_place: dict[Span, list[Binding]] = {}
    for binding in index.edges_into.get(path, []):
        if binding.definition is not None and lines.spelled(binding.definition) == binding.native:
            by_place.setdefault(binding.definition, []).append(binding)
    places = sorted(by_place, key=lambda s: (s.line, s.column))
    return [lens for place in places for lens in _of(snapshot, place, by_place[place], lines)]


def _of(snapshot: Snapshot, place: Span, edges: list[Binding], lines: Lines) -> Iterator[Lens]:
    called = [b for b in edges if b.kind != "capsule"]
    callers = distinct(use for b in called for use in python_uses(snapshot, b, lines))
    if any(b.kind != "slot" for b in called):
        title = "1 Python caller" if len(callers) == 1 else f"{len(callers)} Python callers"
        yield Lens(place, title, tuple(callers))
    for binding in edges:
        if binding.kind != "type" and binding.declared is not None:
            what = "handed out as" if binding.kind == "capsule" else "bound as"
            yield Lens(place, f"{what} {binding.python}", (binding.declared,))
