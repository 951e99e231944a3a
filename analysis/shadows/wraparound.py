"""wraparound: numbers stay what they are. Off unless it is asked for: C defines all of this."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import ADD, MULTIPLY, SUBTRACT, Domain, Event, demand

UNSIGNED = ~Event.is_signed & ~Event.is_float & (Event.bits >= 32)


class Wraparound(Domain):
    """Unsigned results fit their type, and conversions that nobody wrote keep the value.

    Example: `size_t room = size - used;` with used > size; `short s = n;` with n = 70000.
    """

    name = "wraparound"

    @demand(
        "arithmetic",
        code="arith.wraparound",
        message="`{text}` wraps around: {left} + {right} does not fit {bits} bits",
        when=UNSIGNED & (Event.operator == ADD),
    )
    def sum_fits(self, event: Event) -> Operand:
        return event.left + event.right <= event.maximum

    @demand(
        "arithmetic",
        code="arith.wraparound",
        message="`{text}` wraps around: {left} - {right} is negative",
        when=UNSIGNED & (Event.operator == SUBTRACT),
    )
    def difference_fits(self, event: Event) -> Operand:
        return event.left >= event.right

    @demand(
        "arithmetic",
        code="arith.wraparound",
        message="`{text}` wraps around: {left} * {right} does not fit {bits} bits",
        when=UNSIGNED & (Event.operator == MULTIPLY),
    )
    def product_fits(self, event: Event) -> Operand:
        return event.left * event.right <= event.maximum

    @demand(
        "cast",
        code="arith.conversion",
        message="`{text}` is {value}, which does not fit {bits} bits",
        when=~Event.is_explicit & ~Event.from_is_float & ~Event.is_float,
    )
    def conversion_fits(self, event: Event) -> Operand:
        return event.fits
