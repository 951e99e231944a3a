"""null: pointers that are null are not followed."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand
from gnomon.analysis.shadows.library import NOT_NULL, NOT_NULL_UNLESS_EMPTY, demand_for_each

GIVEN = "`{text}` passes NULL to `{function}`"


class Null(Domain):
    """A pointer that is followed is not null.

    Example: `p = find(key); return p->value;` where `find` returns NULL for a key it does not know.
    """

    name = "null"

    @demand("load", code="null.deref", message="`{text}` reads {size} through a null pointer")
    @demand("store", code="null.deref", message="`{text}` writes {size} through a null pointer")
    def not_null(self, event: Event) -> Operand:
        return (event.size == 0) | ~event.pointer.is_null

    @demand("call", code="null.deref", message="`{text}` calls through a null pointer", when=Event.is_indirect)
    def called(self, event: Event) -> Operand:
        return ~event.pointer.is_null

    @demand_for_each(NOT_NULL, code="null.argument", message=GIVEN)
    def given(self, event: Event) -> Operand:
        return ~event.pointer.is_null

    @demand("call", code="null.argument", message=GIVEN, functions=NOT_NULL_UNLESS_EMPTY[0, 2].split(), argument=0)
    @demand("call", code="null.argument", message=GIVEN, functions=NOT_NULL_UNLESS_EMPTY[1, 2].split(), argument=1)
    def given_with_size(self, event: Event) -> Operand:
        return ~event.pointer.is_null | (event.argument(2).value == 0)

    @demand("call", code="null.argument", message=GIVEN, functions=NOT_NULL_UNLESS_EMPTY[0, 1].split(), argument=0)
    def given_with_size_behind(self, event: Event) -> Operand:
        return ~event.pointer.is_null | (event.argument(1).value == 0)
