"""What calls give: objects of the extension's own types, many of which nobody can make otherwise (iterators, nodes,
views), and the calls that Python makes of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from gnomon.analysis.checking.capi_calls import Call
from gnomon.analysis.checking.capi_history import History
from gnomon.analysis.checking.capi_instances import Instances
from gnomon.analysis.checking.capi_rare import Ended, MayStandBetween, collected_as_it_goes, traversed
from gnomon.analysis.checking.entry import Entry, ResultArgument

MOST_CHANGED, MOST_PASSED = 24, 8  # histories for what one call gives
NAMES = ("taken", "inner")  # in scripts: of what is given, and of what that gives

Use = tuple[object, ...]  # the functions that are called, and what tells how
Kinds = Callable[[Call], Sequence[Instances]]  # the types of what a call gives, but for its own


def given_entries(
    history: History, call: Call, kinds: Kinds, ended: Ended, seen: set[Use], names: Sequence[str] = NAMES
) -> Iterator[Entry]:
    """Entries that go on with what a call gives: with each use once, whatever gives the object. Types share functions;
    what was used is added to `seen`."""
    name, *inner = names
    for kind in kinds(call):
        longer = history.copy()
        taken = call.add_taken(longer, kind.type_in(longer), name)
        for further in kind.calls(taken, name):
            if _is_new(seen, further.function, further.shape):
                once = longer.copy()
                further.add(once)
                yield ended(further.binding, once, (further.function, *kind.ends))
            if inner:
                yield from given_entries(longer, further, kinds, ended, seen, inner)


def rare_given_entries(
    of: Instances, kinds: Kinds, ended: Ended, may_stand_between: MayStandBetween, seen: set[Use]
) -> Iterator[Entry]:
    """What methods give, after the object has changed, passed to it, and as the collector comes by; each use once."""
    made, instance = of.held()
    calls = of.calls(instance)
    changing = [call for call in [*calls, *of.again(instance)] if not kinds(call) and may_stand_between(made, call)]
    for call in calls:
        for kind in kinds(call):
            yield from _changed(made, call, changing, kind, ended, seen)
            yield from _passed(made, call, calls, kind, ended, seen)
    for is_kept in (True, False):
        history, instance = of.made(is_noted=True)
        if not is_kept:
            history.let_go(0)
        history.hold(instance)
        for call in of.calls(instance):
            for kind in kinds(call) if call.takes_objects and _is_new(seen, call.function, is_kept) else ():
                yield from _collected(history, call, kind, is_kept, ended)


def _is_new(seen: set[Use], *use: object) -> bool:
    is_new = use not in seen
    seen.add(use)
    return is_new


def _changed(
    made: History, call: Call, changing: Sequence[Call], kind: Instances, ended: Ended, seen: set[Use]
) -> Iterator[Entry]:
    """Something may have been put into the object before."""
    first: list[Call | None] = [None, *(change for change in changing if change.takes_objects)]
    steps = 1 if "tp_iternext" in kind.slots else len(kind.members)
    if len(first) * len(changing) * steps > MOST_CHANGED:
        first = [None]
    for before, change in list(product(first, changing))[: MOST_CHANGED // max(steps, 1)]:
        before_that = before.function if before is not None else ""
        if not _is_new(seen, call.function, before_that, change.function, change.shape):
            continue
        history = made.copy()
        if before is not None:
            before.add(history)
        taken = call.add_taken(history, kind.type_in(history))
        change.add(history)
        yield from _used(history, taken, kind, ended)


def _passed(
    made: History, call: Call, calls: Sequence[Call], kind: Instances, ended: Ended, seen: set[Use]
) -> Iterator[Entry]:
    """To another call of the object, after which it is used."""
    history = made.copy()
    taken = call.add_taken(history, kind.type_in(history))
    passing = [passed for other in calls if (passed := other.passing(taken, "taken")) is not None]
    for passed in passing[:MOST_PASSED]:
        if not _is_new(seen, call.function, passed.function, passed.python):
            continue
        longer = history.copy()
        passed.add(longer)
        yield ended(passed.binding, longer, (passed.function, *kind.ends))
        yield from _used(longer, taken, kind, ended)


def _used(history: History, taken: ResultArgument, kind: Instances, ended: Ended) -> Iterator[Entry]:
    """An iterator goes on; of others, anything is called."""
    calls = kind.calls(taken, "taken")
    for last in [call for call in calls if call.python.startswith("next(")] or calls:
        longer = history.copy()
        last.add(longer)
        yield ended(last.binding, longer, (last.function, *kind.ends))


def _collected(noted: History, call: Call, kind: Instances, is_kept: bool, ended: Ended) -> Iterator[Entry]:
    """What the object has kept of what the call was given is visited; or has the only references to it."""
    history = noted.copy()
    if "tp_traverse" not in kind.slots or "tp_dealloc" not in kind.slots:
        return
    if not is_kept:
        history.add("gnomon_follow_tracking")
    taken = call.add_taken(history, kind.type_in(history))
    if is_kept:
        yield traversed(kind, history, taken, ended)
        return
    del history.held[-1]  # it goes before
    history.let_go(len(noted.held))
    yield collected_as_it_goes(kind, history, taken, "taken", ended)
