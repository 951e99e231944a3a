"""What is new in the edges of a workspace, or in its verdicts: a key or a save changes one of many, and only that one
has to leave the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.edges import Boundary

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class Difference:
    """`edges` are all edges in order: new ones, and of those that both sides have their places among the ones before.
    `rest` is the boundary without its edges."""

    edges: tuple[int | Binding, ...]
    rest: Boundary


def difference(before: Boundary, now: Boundary) -> Difference:
    """What leads from one boundary to the next."""
    if before is now:
        return Difference(tuple(range(len(now.bindings))), replace(now, bindings=()))
    known = {_name(edge): place for place, edge in enumerate(before.bindings)}
    edges: list[int | Binding] = []
    for edge in now.bindings:
        place = known.get(_name(edge))
        edges.append(edge if place is None or before.bindings[place] != edge else place)
    return Difference(tuple(edges), replace(now, bindings=()))


def applied(before: Boundary, change: Difference) -> Boundary:
    """The next boundary; what has not changed is shared with the one before."""
    edges = tuple(before.bindings[edge] if isinstance(edge, int) else edge for edge in change.edges)
    return replace(change.rest, bindings=edges)


def fresh(before: Sequence[Fact], now: Sequence[Fact]) -> list[int | Fact]:
    """Facts of which the very same was there before, by their places; the others themselves."""
    known = {id(fact): place for place, fact in enumerate(before)}
    return [known.get(id(fact), fact) for fact in now]


def completed(before: Sequence[Fact], now: Sequence[int | Fact]) -> tuple[Fact, ...]:
    """The other way; facts are no numbers."""
    return tuple(before[fact] if isinstance(fact, int) else fact for fact in now)


def _name(edge: Binding) -> tuple[str, str, str]:
    """Where to look for the edge before: comparing it with all of them would take longer than sending it."""
    return edge.python, edge.kind, edge.native_key
