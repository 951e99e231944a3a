"""defined: what decides, was set before. variables: locals are set before they are used at all."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand, any_of
from gnomon.analysis.shadows.language import (
    BIT_AND,
    BIT_OR,
    DIVIDE,
    HEAP,
    LOCAL,
    REMAINDER,
    VARIABLE,
    Domain,
    Event,
    demand,
    update,
)


class Defined(Domain):
    """Branches, pointers, divisors and what library functions are given do not depend on values that nobody set.

    The bit means "undefined". It follows values through memory and arithmetic. Copying undefined bytes is allowed: as
    part of a structure, by functions of the library, and one by one. A number or a pointer of which no byte was set is
    not read, but into a variable that gets another value before anybody looks.

    Example: `int found; if (n > 0) found = 1; if (found) ...` with n = 0.
    """

    name = "defined"
    layer = True

    @update("allocate")
    def new_memory(self, event: Event) -> Operand:
        return any_of(event.kind, HEAP, LOCAL, VARIABLE)

    @update("arithmetic", when=any_of(Event.operator, BIT_AND, BIT_OR))
    def masked(self, event: Event) -> Operand:
        """Which bits of a byte were set is not followed: a mask may take out those that were not."""
        return event.shadow("left") & event.shadow("right")

    @demand("branch", code="defined.read", message="`{text}` depends on a value that was never set")
    def condition(self, event: Event) -> Operand:
        return ~event.shadow("condition")

    @demand("load", code="defined.read", message="`{text}` reads through a pointer that was never set")
    @demand("store", code="defined.read", message="`{text}` writes through a pointer that was never set")
    @demand("release", code="defined.read", message="`{text}` frees a pointer that was never set")
    def pointer(self, event: Event) -> Operand:
        return ~event.shadow("pointer")

    @demand("load", code="defined.read", message="`{text}` was never set", when=(Event.bits > 8) & ~Event.is_discarded)
    def number(self, event: Event) -> Operand:
        return ~event.shadow("whole")

    @demand(
        "call",
        code="defined.read",
        message="`{text}` calls through a pointer that was never set",
        when=Event.is_indirect,
    )
    def callee(self, event: Event) -> Operand:
        return ~event.shadow("pointer")

    @demand(
        "call",
        code="defined.read",
        message="`{text}` passes a value that was never set to `{function}`",
        when=Event.is_library,
    )
    def argument(self, event: Event) -> Operand:
        return ~event.shadow("value")

    @demand("returned", code="defined.read", message="returning `{text}` gives Python bytes that were never set")
    def given(self, event: Event) -> Operand:
        return ~event.argument(4).shadow()

    @demand(
        "arithmetic",
        code="defined.read",
        message="`{text}` divides by a value that was never set",
        when=any_of(Event.operator, DIVIDE, REMAINDER) & ~Event.is_float,
    )
    def divisor(self, event: Event) -> Operand:
        return ~event.shadow("right")


class Variables(Domain):
    """A local variable whose address is never taken has a value before it is used.

    C leaves nothing open here (C11 6.3.2.1p2): not even what is computed and thrown away may use it. The bit means
    "never set"; it does not follow values through memory, where `defined` follows them.

    Example: `int sum; for (int i = 0; i < n; i++) sum += v[i];`
    """

    name = "variables"
    layer = True
    in_memory = False

    @update("allocate")
    def new_variable(self, event: Event) -> Operand:
        return event.kind == VARIABLE

    @demand("arithmetic", code="defined.read", message="`{text}` uses a variable that was never set")
    def operands(self, event: Event) -> Operand:
        return ~event.shadow("left") & ~event.shadow("right")

    @demand("read", code="defined.read", message="`{text}` was never set", when=Event.is_copied)
    def copied(self, event: Event) -> Operand:
        return ~event.shadow("value")

    @demand("call", code="defined.read", message="`{text}` passes a variable that was never set")
    def arguments(self, event: Event) -> Operand:
        return ~event.shadow("value")

    @demand("return", code="defined.read", message="`{text}` returns a variable that was never set")
    def result(self, event: Event) -> Operand:
        return ~event.shadow("value")
