"""arith: integer arithmetic that C defines."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand, any_of
from gnomon.analysis.shadows.language import (
    ADD,
    DIVIDE,
    MULTIPLY,
    NEGATE,
    REMAINDER,
    SHIFT_LEFT,
    SHIFT_RIGHT,
    SUBTRACT,
    Domain,
    Event,
    demand,
)

SIGNED = Event.is_signed & ~Event.is_float
DIVISION = any_of(Event.operator, DIVIDE, REMAINDER) & ~Event.is_float


class Arithmetic(Domain):
    """Divisors are not zero, signed results and floats made integers fit their type, shift counts the width.

    Unsigned arithmetic wraps by definition and is no mistake.

    Example: `int middle(int low, int high) { return (low + high) / 2; }` with both near INT_MAX.
    """

    name = "arith"

    @demand("arithmetic", code="arith.div-zero", message="`{text}` divides by zero", when=DIVISION)
    def divisor_not_zero(self, event: Event) -> Operand:
        return event.right != 0

    @demand(
        "arithmetic",
        code="arith.overflow",
        message="`{text}` overflows: {left} / -1 does not fit {bits} bits",
        when=SIGNED & DIVISION,
    )
    def quotient_fits(self, event: Event) -> Operand:
        return (event.right != -1) | (event.left != event.minimum)

    @demand(
        "arithmetic",
        code="arith.overflow",
        message="`{text}` overflows: {left} + {right} does not fit {bits} bits",
        when=SIGNED & (Event.operator == ADD),
    )
    def sum_fits(self, event: Event) -> Operand:
        return self._fits(event, event.left + event.right)

    @demand(
        "arithmetic",
        code="arith.overflow",
        message="`{text}` overflows: {left} - {right} does not fit {bits} bits",
        when=SIGNED & (Event.operator == SUBTRACT),
    )
    def difference_fits(self, event: Event) -> Operand:
        return self._fits(event, event.left - event.right)

    @demand(
        "arithmetic",
        code="arith.overflow",
        message="`{text}` overflows: {left} * {right} does not fit {bits} bits",
        when=SIGNED & (Event.operator == MULTIPLY),
    )
    def product_fits(self, event: Event) -> Operand:
        return self._fits(event, event.left * event.right)

    @demand(
        "arithmetic",
        code="arith.overflow",
        message="`{text}` overflows: -({left}) does not fit {bits} bits",
        when=SIGNED & (Event.operator == NEGATE),
    )
    def negation_fits(self, event: Event) -> Operand:
        return event.left != event.minimum

    @demand(
        "arithmetic",
        code="arith.shift",
        message="`{text}` shifts a value of {bits} bits by {right}",
        when=any_of(Event.operator, SHIFT_LEFT, SHIFT_RIGHT),
    )
    def count_in_width(self, event: Event) -> Operand:
        return (event.right >= 0) & (event.right < event.bits)

    @demand(
        "cast",
        code="arith.conversion",
        message="`{text}` does not fit {bits} bits",
        when=Event.from_is_float & ~Event.is_float,
    )
    def float_fits_integer(self, event: Event) -> Operand:
        return event.fits

    @staticmethod
    def _fits(event: Event, result: Operand) -> Operand:
        return (event.minimum <= result) & (result <= event.maximum)
