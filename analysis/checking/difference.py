"""What is new in the edges of a workspace: a key changes one of many, and only that one has to leave the worker."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.boundary.edges import Boundary


@dataclass(frozen=True, slots=True)
class Difference:
    """`edges` are all edges in order: new ones, and of those that both sides have their places among the ones before.
    `rest` is the boundary without its edges."""

    edges: tuple[int | Binding, ...]
    rest: Boundary


def difference(before: Boundary, now: Boundary) -> Difference:
    """What leads from one boundary to the next."""
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


def _name(edge: Binding) -> tuple[str, str, str]:
    """Where to look for the edge before: comparing it with all of them would take longer than sending it."""
    return edge.python, edge.kind, edge.native_key
