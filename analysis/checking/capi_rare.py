"""What rarely happens to an instance: histories of late entries.

The collector comes by, or looks for what weak references and views show; Python code that is called calls back; what an
object gave goes on after it has changed; `__new__` is called alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.capi_calls import GIVES_OBJECT, Call
from gnomon.analysis.checking.capi_history import History
from gnomon.analysis.checking.capi_instances import Instances
from gnomon.analysis.checking.capi_shapes import COLLECTION, REFERS_WEAKLY
from gnomon.analysis.checking.entry import AddressArgument, ConstantArgument, Entry, NullArgument

MOST_PAIRS = 64  # of calls of one type, one after the other: each is a history

Ended = Callable[[Binding, History, tuple[str, ...]], Entry]  # the binding that it is of, and the functions asked
MayStandBetween = Callable[[History, Call], bool]  # may its last call change what a later one sees?


def rare_entries(
    of: Instances, ended: Ended, may_stand_between: MayStandBetween, others: Sequence[Binding]
) -> Iterator[Entry]:
    """`others` are the types of the module."""
    made, instance = of.held()
    calls = of.calls(instance)
    with_same = [(same,) for call in calls if (same := call.with_itself()) is not None]
    for history, several in ((made.with_rare(), [(call,) for call in calls]), (made, with_same)):
        yield from _each(of, history, several, ended)
    yield from _collected(of, ended)
    if of.binding.has_weak_references and of.ends:
        yield _referred_to_weakly(of, ended)
    yield from _iterated(of, ended, may_stand_between, others)
    if "bf_getbuffer" in dict(of.binding.slots):
        yield from _lent(of, ended, may_stand_between)
    yield from _called_back(of, ended)
    if "tp_init" in dict(of.binding.slots):
        yield from _new_alone(of, ended)


def _each(of: Instances, history: History, several: Iterable[Sequence[Call]], ended: Ended) -> Iterator[Entry]:
    """The history with each of these series of calls; asked is what the last one leads to, and what ends objects."""
    for calls in several:
        longer = history.copy()
        for call in calls:
            call.add(longer)
        last = calls[-1] if calls else None
        asked = (last.function, *of.ends) if last is not None else of.ends
        yield ended(last.binding if last is not None else of.binding, longer, asked)


def _collected(of: Instances, ended: Ended) -> Iterator[Entry]:
    """The collector comes by: after the constructor or another call, when what the object has kept of what it was given
    is to be visited; and while the object goes, from a `__del__` of that."""
    if "tp_traverse" not in of.slots:
        return
    history, instance = of.made(is_noted=True)
    for call in (None, *(call for call in of.calls(instance) if call.takes_objects)):
        longer = history.copy()
        if call is not None:
            call.add(longer)
        longer.add("gnomon_traverse", instance, python=COLLECTION)
        yield ended(of.binding, longer, (of.slots["tp_traverse"],))
    history.let_go(0)
    collection = (AddressArgument("gnomon_collect"), ConstantArgument(GIVES_OBJECT), instance, NullArgument())
    history.add("gnomon_let_call_back", *collection, python=COLLECTION)
    history.add("gnomon_drop", instance, python="del made")
    history.add("gnomon_end_collecting")
    history.add("gnomon_end_calling_back")
    yield ended(of.binding, history, of.ends)


def _referred_to_weakly(of: Instances, ended: Ended) -> Entry:
    """The object goes while a weak reference to it is there."""
    history, instance = of.made()
    reference = history.add("gnomon_refer_weakly", instance, python=REFERS_WEAKLY)
    history.add("gnomon_drop", instance, python="del made")
    history.add("gnomon_end_weakly", reference)
    return ended(of.binding, history, of.ends)


def _lent(of: Instances, ended: Ended, may_stand_between: MayStandBetween) -> Iterator[Entry]:
    """In the last call a view shows what the object holds, after another call or none."""
    made, instance = of.held()
    calls = [*of.calls(instance), *of.again(instance)]
    first: list[Call | None] = [None, *(call for call in calls if may_stand_between(made, call))]
    if len(first) * len(calls) > MOST_PAIRS:
        first = [None]
    for before in first:
        history = made.copy()
        if before is not None:
            before.add(history)
        history.hold(history.add("gnomon_lend", instance, python="view = memoryview(made)"), "gnomon_drop_lent")
        yield from _each(of, history, [(call,) for call in calls], ended)


def _iterated(
    of: Instances, ended: Ended, may_stand_between: MayStandBetween, others: Sequence[Binding]
) -> Iterator[Entry]:
    """An iterator goes on after its object has changed, of which another call may have made something before."""
    steps = tuple(key for other in others for slot, key in other.slots if slot == "tp_iternext" and key in of.functions)
    made, instance = of.held()
    calls = of.calls(instance)
    iterating = [call for call in calls if call.gives_iterator] if steps else []
    apart = [call for call in [*calls, *of.again(instance)] if not call.gives_iterator]
    changing = [call for call in apart if may_stand_between(made, call)]
    first: list[Call | None] = [None, *(call for call in changing if call.takes_objects)]
    if len(first) * len(iterating) * len(changing) > MOST_PAIRS:
        first = [None]
    for before, taken, change in product(first, iterating, changing):
        history = made.copy()
        if before is not None:
            before.add(history)
        iterator = taken.add_taken(history)
        change.add(history)
        history.add("gnomon_end_next", history.add("gnomon_next", iterator, python="next(taken, None)"))
        yield ended(taken.binding, history, (*steps, *of.ends))


def _called_back(of: Instances, ended: Ended) -> Iterator[Entry]:
    """In the last call Python code calls another one, of an object that has the only references to what it was made
    with, and to what a call before the last one gave it."""
    history, instance = of.made(is_noted=True)
    history.let_go(0)
    history.hold(instance)
    calls = of.calls(instance)
    inner = [call for call in [*calls, *of.again(instance)] if call.shape_of_back is not None]
    first: list[Call | None] = [None, *(call for call in calls if call.takes_objects)]
    if len(first) * len(calls) * len(inner) > MOST_PAIRS:
        first = [None]
    if len(first) * len(calls) * len(inner) > MOST_PAIRS:
        return
    for before, outer, back in product(first, calls, inner):
        longer = history.copy()
        if before is not None:
            before.add(longer)
            longer.let_go(len(history.held))
        longer.add("gnomon_note_what_is_passed", ConstantArgument(0))
        back.let_call_back(longer)
        outer.add(longer)
        longer.add("gnomon_end_calling_back")
        yield ended(outer.binding, longer, (outer.function, back.function, *of.ends))


def _new_alone(of: Instances, ended: Ended) -> Iterator[Entry]:
    """`__new__` without `__init__`, and a call of what that gives."""
    history = of.begun.copy()
    name = of.binding.python
    instance = history.hold(of.construct(history, "gnomon_new_alone", f"{name}.__new__({name}{{,*}})"))
    alone: list[tuple[Call, ...]] = [()] if of.ends else []
    yield from _each(of, history, [*alone, *((call,) for call in of.calls(instance))], ended)
