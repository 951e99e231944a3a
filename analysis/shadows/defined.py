"""defined: what decides, was set before."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand, any_of
from gnomon.analysis.shadows.language import DIVIDE, HEAP, LOCAL, REMAINDER, Domain, Event, demand, update


class Defined(Domain):
    """Branches, pointers and divisors do not depend on values that nobody set.

    The bit means "undefined". It follows values through memory and arithmetic; copying undefined bytes is allowed.

    Example: `int found; if (n > 0) found = 1; if (found) ...` with n = 0.
    """

    name = "defined"
    layer = True

    @update("allocate")
    def new_memory(self, event: Event) -> Operand:
        return any_of(event.kind, HEAP, LOCAL)

    @demand("branch", code="defined.read", message="`{text}` depends on a value that was never set")
    def condition(self, event: Event) -> Operand:
        return ~event.shadow("condition")

    @demand("load", code="defined.read", message="`{text}` reads through a pointer that was never set")
    @demand("store", code="defined.read", message="`{text}` writes through a pointer that was never set")
    def pointer(self, event: Event) -> Operand:
        return ~event.shadow("pointer")

    @demand(
        "arithmetic",
        code="defined.read",
        message="`{text}` divides by a value that was never set",
        when=any_of(Event.operator, DIVIDE, REMAINDER),
    )
    def divisor(self, event: Event) -> Operand:
        return ~event.shadow("right")
