"""exception: a function that fails says why, and one that does not leaves no exception behind."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand

FAILED, IS_SET = 1, 2  # arguments of what Python looks at, behind the result


class Exceptions(Domain):
    """What functions give to Python, and the exception that is set then, belong together.

    Example: `if (index >= self->size) return NULL;`
    """

    name = "exception"

    @demand("returned", code="exception.missing", message="returning `{text}` reports failure, but no exception is set")
    def set_on_failure(self, event: Event) -> Operand:
        return (event.argument(FAILED).value == 0) | (event.argument(IS_SET).value != 0)

    @demand(
        "call",
        code="exception.pending",
        message="`{text}` runs code of Python's while an exception is set",
        functions=["gnomon_called_with_exception"],
    )
    def clear_when_called(self, event: Event) -> Operand:
        return 0

    @demand(
        "returned", code="exception.pending", message="`{text}` is returned as a result although an exception is set"
    )
    def clear_on_success(self, event: Event) -> Operand:
        return (event.argument(FAILED).value != 0) | (event.argument(IS_SET).value == 0)
