"""lifetime: memory is used only while it is there, and freed once."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import HEAP, LOCAL, Domain, Event, demand


class Lifetime(Domain):
    """Objects are alive when they are accessed; `free` gets the start of a live heap block. Of objects of Python, the
    domain `owner` says so.

    Example: `free(r->data); return r->data[0];`
    """

    name = "lifetime"

    @demand("load", code="lifetime.use-after-free", message="`{text}` reads {object} after it was freed")
    @demand("store", code="lifetime.use-after-free", message="`{text}` writes to {object} after it was freed")
    def not_freed(self, event: Event) -> Operand:
        target = event.pointer.object
        return (event.size == 0) | target.alive | (target.kind != HEAP) | target.counted

    @demand("load", code="lifetime.stack-escape", message="`{text}` reads {object} after its scope was left")
    @demand("store", code="lifetime.stack-escape", message="`{text}` writes to {object} after its scope was left")
    def not_left(self, event: Event) -> Operand:
        return (event.size == 0) | event.pointer.object.alive | (event.pointer.object.kind != LOCAL)

    @demand("release", code="lifetime.double-free", message="`{text}` frees {object} a second time")
    def not_freed_before(self, event: Event) -> Operand:
        pointer = event.pointer
        return pointer.is_null | pointer.object.alive | (pointer.object.kind != HEAP) | pointer.object.counted

    @demand(
        "release", code="lifetime.bad-free", message="`{text}` frees {object}, which is not the start of a heap block"
    )
    def start_of_block(self, event: Event) -> Operand:
        pointer = event.pointer
        return pointer.is_null | ((pointer.object.kind == HEAP) & (pointer.offset == 0))

    @demand(
        "return",
        code="lifetime.stack-escape",
        message="`{text}` returns the address of {object}, whose scope ends here",
        when=Event.is_pointer,
    )
    def outlives_return(self, event: Event) -> Operand:
        target = event.pointer.object
        return ~event.to_world | event.pointer.is_null | target.alive | (target.kind != LOCAL)

    @demand("end_of_entry", code="lifetime.leak", message="nothing refers to {object} any more, and it was not freed")
    def owned(self, event: Event) -> Operand:
        return event.pointer.object.reachable | event.pointer.object.counted
