"""null: pointers that are null are not followed."""

from __future__ import annotations

from collections.abc import Callable

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import AnyRule, Domain, Event, demand
from gnomon.analysis.shadows.library import NOT_NULL, NOT_NULL_UNLESS_EMPTY, demand_for_each

GIVEN = "`{text}` passes NULL to `{function}`"


def argument_of(functions: str, position: int) -> Callable[[AnyRule], AnyRule]:
    """A demand on what these library functions are given at a position."""
    return demand_for_each({position: functions}, code="null.argument", message=GIVEN)


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

    @argument_of(NOT_NULL_UNLESS_EMPTY[0, 2], 0)
    @argument_of(NOT_NULL_UNLESS_EMPTY[1, 2], 1)
    def given_with_size(self, event: Event) -> Operand:
        return ~event.pointer.is_null | (event.argument(2).value == 0)

    @argument_of(NOT_NULL_UNLESS_EMPTY[0, 1], 0)
    def given_with_size_behind(self, event: Event) -> Operand:
        return ~event.pointer.is_null | (event.argument(1).value == 0)
