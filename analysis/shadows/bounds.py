"""bounds: accesses stay inside their objects."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand, any_of
from gnomon.analysis.shadows.language import GLOBAL, LITERAL, Domain, Event, demand


class Bounds(Domain):
    """Every byte that is read or written lies inside the object that the pointer came from; constants are not written.
    Numbers that say of a failure (-1 to -4095: `MAP_FAILED`) are addresses where nothing is.

    Example: `int last(const int *v, int n) { return v[n - 1]; }` with n = 0.
    """

    name = "bounds"

    @demand("load", code="bounds.read", message="`{text}` reads {size} at offset {pointer_offset} of {object}")
    @demand("store", code="bounds.write", message="`{text}` writes {size} at offset {pointer_offset} of {object}")
    def inside(self, event: Event) -> Operand:
        offset = event.pointer.offset
        return (event.size == 0) | ((offset >= 0) & (offset + event.size <= event.pointer.object.size))

    @demand("store", code="bounds.write", message="`{text}` writes to {object}, which is constant")
    def writable(self, event: Event) -> Operand:
        target = event.pointer.object
        return (event.size == 0) | target.writable | ~any_of(target.kind, LITERAL, GLOBAL)
