"""What is done with the histories that the search kept: allocations fail, losses are measured, cycles are closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from .cycles import Collection, cycles_of
from .failures import Failure, Failures
from .forks import Done, in_children, spent
from .history import History, Target, made_alone, uncalled, with_fresh_texts
from .measuring import CALLS, LOST_CALLS, Measure
from .search import Search
from .surface import Surface
from .trying import TOLD, Traced, Trial
from .varying import after_failing

_ALLOCATIONS = 24  # of a call that fail, one after the other
_MALLOCS = 40  # the same of the C library's; a script tries as many
_FIRST_ALLOCATIONS = 10  # those during which losses are looked for
_MOST_MEASURED, _MOST_FAILING, _MOST_FAILING_MEASURED, _MOST_OF_TYPE = 1500, 150, 60, 6
_LOOKING = 0.6  # of the time, for what grows; the rest is for what of it is lost
_LEAST_LOST = LOST_CALLS * 9 // 10
LEAST_BYTES = 16 * CALLS  # that what is lost takes


def fail_allocations(search: Search, trial: Trial, failures: Failures, ends: float) -> None:
    chosen = [replace(one, after=after_failing(search, one)) for one in chosen_of(search, _MOST_FAILING)]
    for batch in _batches([replace(one, failing=number) for one in chosen for number in range(_ALLOCATIONS)]):
        if spent() > ends:
            return
        for done in in_children(batch, trial, group=lambda one: one.target, keys=TOLD):
            if _has_failed(done):
                failures.take(done)


def fail_malloc(search: Search, trial: Trial, failures: Failures, ends: float) -> list[History]:
    """The calls that come to an allocation of the C library's, and its number: each call as far as it goes."""
    chosen = [replace(one, after=after_failing(search, one)) for one in chosen_of(search, _MOST_FAILING)]
    waiting, reached = [replace(one, failing=0, of_library=True) for one in chosen], []
    while waiting and spent() < ends:
        batch, waiting = waiting[:100], waiting[100:]
        for done in in_children(batch, trial, group=lambda one: one.target, keys=TOLD):
            if _has_failed(done):
                failures.take(done)
            if done.answer is not None and done.answer["reached"]:
                reached.append(done.item)
                if done.item.failing + 1 < _MALLOCS:
                    waiting.append(replace(done.item, failing=done.item.failing + 1))
    return reached


def _has_failed(done: Done[History]) -> bool:
    return done.answer is None or bool(done.output) or done.answer["raised"] == "SystemError"


def trace_interrupts(trial: Trial, failures: Failures) -> None:
    for failure in failures.interrupts():
        for done in in_children([failure.history], Traced(trial)):
            failures.trace(failure, done.output)


def measure(histories: Sequence[History], by: Measure, failures: Failures, makers: frozenset[str], ends: float) -> None:
    """`makers`: expressions that give an object of the extension's."""
    grown: list[tuple[History, dict[str, Any]]] = []
    looking = spent() + _LOOKING * (ends - spent())
    for batch in _batches(histories, 100):
        if spent() > looking:
            break
        for done in in_children(batch, by.grown, 10.0, keys=("counts", "bytes")):
            if done.answer is None:
                failures.take(done)
            elif done.answer["counts"] or done.answer["bytes"] >= LEAST_BYTES:
                grown.append((done.item, done.answer))
    grown.sort(key=lambda pair: pair[0].size)
    for history, answer in grown:
        if answer["bytes"] < LEAST_BYTES and failures.unexplained(history, answer["counts"]) and spent() < ends:
            _count(history, by, failures, makers)
    for history in _by_amount(pair for pair in grown if pair[1]["bytes"] >= LEAST_BYTES):
        lost = _lost(history, by)
        failures.take_lost(history, lost, _LEAST_LOST)
        is_suspect = history.failing < 0 and failures.loses_others(lost, _LEAST_LOST)
        if is_suspect and not failures.loses_others(_lost(uncalled(history), by), _LEAST_LOST):
            failures.take_lost_by(history)
        if spent() > ends:
            return


def _lost(history: History, by: Measure) -> str:
    """What LeakSanitizer writes. What grows and is not lost, somebody keeps, and what that refers to."""
    return "".join(done.output for done in in_children([history], by.lost, 20.0) if done.answer is not None)


def _by_amount(grown: Iterable[tuple[History, dict[str, Any]]]) -> list[History]:
    """Calls that lose as much as others lose the same, mostly: first there is one for each amount."""
    found: dict[int, list[History]] = defaultdict(list)
    for history, answer in grown:
        found[answer["bytes"] // LEAST_BYTES].append(history)
    return _in_turn(list(found.values()), sum(map(len, found.values())))


def _count(history: History, by: Measure, failures: Failures, makers: frozenset[str]) -> None:
    """What making the object leaves behind is not the call's."""
    alone = [made_alone(history)] if history.made else []
    of_making: dict[str, int] = {}
    for done in in_children([*alone, history], by.counted, 10.0):
        counts: dict[str, int] = (done.answer or {}).get("counts", {})
        others = {name: grown for name, grown in counts.items() if name not in of_making}
        failures.take_counts(done.item, others, done.item in alone or done.item.expression in makers)
        of_making = counts


def measured(search: Search) -> list[History]:
    paths = [list(histories.values()) for histories in search.kept.paths.values()]
    return [*_twice(search), *map(with_fresh_texts, _in_turn(paths, _MOST_MEASURED))]


def measured_failing(search: Search, reached: Sequence[History], of_interpreter: bool) -> list[History]:
    """`reached`: what fail_malloc gave; `of_interpreter`: its allocations can be let fail, too."""
    chosen = chosen_of(search, _MOST_FAILING_MEASURED) if of_interpreter else []
    numbered = [replace(one, failing=number) for number in range(_FIRST_ALLOCATIONS) for one in chosen]
    return sorted([*numbered, *reached], key=lambda one: one.failing)


def close_cycles(
    search: Search, collection: Collection, surface: Surface, failures: Failures, ends: float
) -> list[History]:
    """The cycles that are collected: what that gives back too often, is for others to count."""
    collected: dict[str, list[History]] = defaultdict(list)
    for batch in _batches(list(cycles_of(chosen_of(search, _MOST_MEASURED), surface))):
        if spent() > ends:
            break
        for done in in_children(batch, collection, group=lambda one: one.open.target, keys=("kept", "type")):
            if done.answer is None or not done.answer["kept"]:
                continue
            of = str(done.answer["type"])
            if of:
                failures.keep(Failure("cycle", ("cycle", of), done.item.closed, of_type=of))
            else:
                collected[done.item.closed.target.name].append(done.item.closed)
    return [one for histories in collected.values() for one in sorted(histories, key=_size)[:_MOST_OF_TYPE]]


def _size(history: History) -> int:
    return history.size


def chosen_of(search: Search, most: int) -> list[History]:
    """The latest of each target first: they came furthest."""
    return _in_turn([list(reversed(histories)) for histories in search.kept.of_target.values()], most)


def _in_turn(lists: Sequence[Sequence[History]], most: int) -> list[History]:
    rounds = max(map(len, lists), default=0)
    return [one[turn] for turn in range(rounds) for one in lists if turn < len(one)][:most]


def _twice(search: Search) -> Iterable[History]:
    """A second `__init__`, with the same arguments."""
    for of in search.types:
        again = Target(f"{of.name}.__init__", "made.__init__({})", of.name)
        for target, histories in search.kept.of_target.items():
            if of.has_init and target.name == of.name:
                yield from (History(again, one.arguments, one.expression) for one in histories)


def _batches(items: Sequence[Any], size: int = 200) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))
