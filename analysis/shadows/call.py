"""call: functions get what they ask for."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand
from gnomon.analysis.shadows.library import FORMATS, SIZES, demand_for_each

LARGEST = (1 << 63) - 1  # PTRDIFF_MAX
# Those that look into a table whatever they are given; glibc's toupper and tolower leave alone what is in none.
CHARACTERS = "isalpha isdigit isalnum isspace isupper islower ispunct isprint iscntrl isxdigit isgraph isblank"


class Call(Domain):
    """Library functions get arguments that they are defined for; functions are called as what they are.

    Example: `memcpy(to, from, length)` with an `int length` of -1, which becomes a size of 18446744073709551615.
    """

    name = "call"

    @demand_for_each(SIZES, code="call.argument", message="`{text}` passes a negative number as a size to `{function}`")
    def size(self, event: Event) -> Operand:
        return ~event.is_converted | (event.value <= LARGEST)

    @demand(
        "call",
        code="call.argument",
        message="`{text}` passes {value}, which is no character, to `{function}`",
        when=Event.is_library,
        functions=CHARACTERS.split(),
        argument=0,
    )
    def character(self, event: Event) -> Operand:
        # The tables of glibc go from -128, for characters with a sign.
        return (event.value >= -128) & (event.value <= 255)

    @demand_for_each(FORMATS, code="call.format", message="`{text}` passes fewer arguments than its format asks for")
    def conversions_given(self, event: Event) -> Operand:
        return event.format_given

    @demand_for_each(FORMATS, code="call.format", message="`{text}` passes an argument that its format does not fit")
    def conversions_fit(self, event: Event) -> Operand:
        return event.format_fits

    @demand("copy", code="call.overlap", message="`{text}` copies {size} between places of {object} that overlap")
    def apart(self, event: Event) -> Operand:
        to, origin = event.argument(0).pointer, event.argument(1).pointer
        return (
            (event.size == 0)
            | to.is_null
            | origin.is_null
            | (to.object.number != origin.object.number)
            | (to.offset == origin.offset)  # harmless, and what compilers make of `*p = *p`
            | (to.offset + event.size <= origin.offset)
            | (origin.offset + event.size <= to.offset)
        )

    @demand(
        "call",
        code="call.pointer-type",
        message="`{text}` calls a function that takes or gives something else",
        when=Event.is_indirect,
    )
    def type_of_callee(self, event: Event) -> Operand:
        return event.callee_fits
