"""owner: references to objects of Python are given back once, by whoever owns them."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand, update

OVER_DECREF = "`{text}` gives back a reference of {object} that it does not own"


class Owner(Domain):
    """Who owns a reference gives it back once, or hands it on; who only borrows one does not.

    An object is freed when its count comes to nothing. It is leaked when nothing refers to it any more, and its count
    says that somebody still owns it: cycles of objects, which the collector finds, are no leaks. Memory that an object
    lends to a view (`bf_getbuffer`) stays where it is until that is given back.

    Example: `PyObject *s = PyUnicode_FromString(name); if (!s) return NULL; return PyLong_FromLong(n);`
    """

    name = "owner"
    state = True  # is the memory lent to a view?

    @update("call", of="object", functions=["gnomon_lent"], argument=0)
    def lent(self, event: Event) -> Operand:
        return 1

    @update("call", of="object", functions=["gnomon_taken_back"], argument=0)
    def taken_back(self, event: Event) -> Operand:
        return 0

    @demand("release", code="owner.exported", message="`{text}` frees {object}, which a view of Python's still shows")
    def stays_while_shown(self, event: Event) -> Operand:
        return event.pointer.is_null | (event.pointer.object.state == 0)

    @demand("call", code="owner.over-decref", message=OVER_DECREF, functions=["gnomon_over_decref"], argument=0)
    def owned_when_given_back(self, event: Event) -> Operand:
        return 0

    @demand("release", code="owner.over-decref", message=OVER_DECREF)
    def alive_when_given_back(self, event: Event) -> Operand:
        pointer = event.pointer
        return pointer.is_null | pointer.object.alive | ~pointer.object.counted

    @demand(
        "load",
        code="owner.use-after-decref",
        message="`{text}` reads {object} after its last reference was given back",
    )
    @demand(
        "store",
        code="owner.use-after-decref",
        message="`{text}` writes to {object} after its last reference was given back",
    )
    def alive_when_used(self, event: Event) -> Operand:
        target = event.pointer.object
        return (event.size == 0) | target.alive | ~target.counted

    @demand("returned", code="owner.borrowed", message="returning `{text}` gives away a reference that it does not own")
    def owned_when_returned(self, event: Event) -> Operand:
        return event.argument(3).value == 0

    @demand("end_of_entry", code="owner.leak", message="nobody gives back a reference of {object}")
    def given_back(self, event: Event) -> Operand:
        return ~event.is_leaked
