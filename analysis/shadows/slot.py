"""slot: the slots of types do what the interpreter relies on."""

from __future__ import annotations

from gnomon.analysis.shadows.expression import Operand
from gnomon.analysis.shadows.language import Domain, Event, demand

TRAVERSE, DEALLOC = 1, 2  # slots, in the order of native/shadow/table.h
WRONG = 5  # the argument of what Python looks at, and what it says, as models/cpython.h has it
LESS, MORE, STILL_TRACKED, STILL_REFERRED = 1, 2, 3, 4


class Slots(Domain):
    """What others are told of an object is true: the collector what it owns, and all that it goes.

    The collector subtracts the references that a `tp_traverse` visits from the counts of the objects. What is left out
    keeps cycles alive for ever; what is visited without being owned is freed while others use it. An object that goes
    is untracked before anything that it owns may run code of Python's: a collection that still finds it ends it again.
    And weak references to it are cleared: those that are not lead to memory that is gone.

    Example: `static int traverse(Node *self, visitproc visit, void *arg) { return 0; }` with `PyObject *next` in `Node`
    """

    name = "slot"

    @demand(
        "returned",
        code="slot.traverse",
        message="when it returns `{text}`, a reference that the object owns was not visited",
        when=Event.slot == TRAVERSE,
    )
    def visits_all(self, event: Event) -> Operand:
        return event.argument(WRONG).value != LESS

    @demand(
        "returned",
        code="slot.traverse",
        message="when it returns `{text}`, more references were visited than the object owns",
        when=Event.slot == TRAVERSE,
    )
    def visits_no_more(self, event: Event) -> Operand:
        return event.argument(WRONG).value != MORE

    @demand(
        "returned",
        code="slot.tracked",
        message="the object goes while the collector still tracks it: a collection ends it again",
        when=Event.slot == DEALLOC,
    )
    def untracked_when_it_goes(self, event: Event) -> Operand:
        return event.argument(WRONG).value != STILL_TRACKED

    @demand(
        "returned",
        code="slot.weakrefs",
        message="the object goes, and weak references to it do not learn of it",
        when=Event.slot == DEALLOC,
    )
    def weak_references_cleared(self, event: Event) -> Operand:
        return event.argument(WRONG).value != STILL_REFERRED
