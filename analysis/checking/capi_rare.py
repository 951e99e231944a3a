"""What rarely happens to an instance: histories of late entries.

The collector comes by; weak references and views show it; Python code that is called calls back; `__new__` is called
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.capi_calls import GIVES_OBJECT, Call
from gnomon.analysis.checking.capi_history import History
from gnomon.analysis.checking.capi_instances import Instances
from gnomon.analysis.checking.capi_shapes import COLLECTION, REFERS_WEAKLY
from gnomon.analysis.checking.entry import AddressArgument, ConstantArgument, Entry, NullArgument, ResultArgument

MOST_PAIRS = 64  # of calls of one type, one after the other: each is a history

Ended = Callable[[Binding, History, tuple[str, ...]], Entry]  # the binding that it is of, and the functions asked
MayStandBetween = Callable[[History, Call], bool]  # may its last call change what a later one sees?


def rare_entries(of: Instances, ended: Ended, may_stand_between: MayStandBetween) -> Iterator[Entry]:
    """Of an instance that Python makes: one for each call, or pair of calls where there are not too many."""
    made, instance = of.held()
    calls = of.calls(instance)
    with_same = [(same,) for call in calls if (same := call.passing(instance, "made")) is not None]
    for history, several in ((made.with_rare(), [(call,) for call in calls]), (made, with_same)):
        yield from _each(of, history, several, ended)
    yield from _collected(of, ended)
    if of.binding.has_weak_references and "tp_dealloc" in of.slots:
        yield _referred_to_weakly(of, ended)
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
    """The collector comes by, after the constructor or another call, or while the object goes."""
    if "tp_traverse" not in of.slots:
        return
    history, instance = of.made(is_noted=True)
    for call in (None, *(call for call in of.calls(instance) if call.takes_objects)):
        longer = history.copy()
        if call is not None:
            call.add(longer)
        yield traversed(of, longer, instance, ended)
    if "tp_dealloc" in of.slots:
        going, instance = of.made(is_noted=True, is_tracking_followed=True)
        going.let_go(0)
        yield collected_as_it_goes(of, going, instance, "made", ended)


def traversed(of: Instances, history: History, instance: ResultArgument, ended: Ended) -> Entry:
    """The collector visits what the object has kept of what was passed, which is noted."""
    history.add("gnomon_traverse", instance, python=COLLECTION)
    return ended(of.binding, history, (of.slots["tp_traverse"],))


def collected_as_it_goes(of: Instances, history: History, instance: ResultArgument, name: str, ended: Ended) -> Entry:
    """The collector comes by from a `__del__` of what the object has kept, of which it has the only references."""
    collection = (AddressArgument("gnomon_collect"), ConstantArgument(GIVES_OBJECT), instance, NullArgument())
    history.add("gnomon_let_call_back", *collection, python=COLLECTION)
    history.add("gnomon_drop", instance, python=f"del {name}")
    history.add("gnomon_end_collecting")
    return ended(of.binding, history, of.ends)


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
