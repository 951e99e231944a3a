"""Code lenses over C functions that Python reaches.

"3 Python callers" lists the Python uses of the function; "bound as buffer.Buffer.fill" leads to the table or the
`argtypes` line where Python is told of it. Over each C function that is checked, "7 checks: 6 proved, 1 refuted" lists
the checks, what is refuted or undecided first, with the reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Binding, Span
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.target import distinct, python_uses
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot

_NOT_CALLED = frozenset({"slot", "capsule"})  # edges without calls to list


@dataclass(frozen=True, slots=True)
class Lens:
    """Over the C function or type `native`. `bound` is the Python name of an edge that is declared somewhere; empty for
    the callers of all edges."""

    at: Span
    native: str
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a lens says, and what it shows when it is chosen."""

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
    return [lens for place in places for lens in _of(place, by_place[place])]


def _of(place: Span, edges: list[Binding]) -> Iterator[Lens]:
    native = edges[0].native
    if any(b.kind not in _NOT_CALLED for b in edges):
        yield Lens(place, native)
    yield from (Lens(place, native, b.python) for b in edges if b.kind != "type" and b.declared is not None)


def shown(snapshot: Snapshot, index: Index, path: str, native: str, bound: str) -> Shown | None:
    """What a lens of a C file says now, wherever the function has moved; None when it is no longer there."""
    edges = [b for b in index.edges_into.get(path, []) if b.native == native]
    if not edges:
        return None
    if bound:
        edge = next((b for b in edges if b.python == bound and b.declared is not None), None)
        what = "handed out as" if edge is not None and edge.kind == "capsule" else "bound as"
        return Shown(f"{what} {bound}", (edge.declared,)) if edge is not None and edge.declared is not None else None
    lines = Lines(snapshot)
    callers = distinct(use for b in edges if b.kind != "capsule" for use in python_uses(snapshot, b, lines))
    return Shown("1 Python caller" if len(callers) == 1 else f"{len(callers)} Python callers", tuple(callers))
