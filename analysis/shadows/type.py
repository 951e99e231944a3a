"""type: objects of Python are taken for what they are."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand

MESSAGE = "`{text}` takes {object} for an object of another type"


class Types(Domain):
    """Who looks at a field of an object of Python knows what type it is of: any object may come from Python.

    Example: `if (PyList_GET_ITEM(argument, 0) == Py_None) ...` without PyList_Check before.
    """

    name = "type"

    @demand("load", code="type.mismatch", message=MESSAGE, when=Event.is_view)
    @demand("store", code="type.mismatch", message=MESSAGE, when=Event.is_view)
    def of_that_type(self, event: Event) -> Operand:
        return event.view_fits == 1
