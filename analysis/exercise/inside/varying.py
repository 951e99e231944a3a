"""What is made of the histories that the search kept: arguments replaced, keywords added, and the ways in which
extensions fail: objects without `__init__`, objects that change what is at hand or interrupt, calls after other calls,
and objects that are given to themselves. All take turns: no way waits until another has come to its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from .history import KEY, History, Target
from .search import BEST, Search, longer, replaced
from .values import CHANGING, INTERRUPTING, NAMED, PLAIN

_TURN = 60  # histories of one way, before the next has its turn
_MOST_PATHS = 3  # of a target, that are gone without `__init__`
_OTHERS = 12  # calls that one is crossed with
_ITSELF = ("made", "[made]", "iter(made)", "memoryview(made)", "{'key': made}")
_OF_MADE = ("Changing()", "Changing('a')", "Text('key')", "Number(5)", "InterruptingText('a')", "Any(RuntimeError)")


def vary(search: Search) -> None:
    """Until the time of the search is over."""
    ways = [search.unseen(way(search)) for way in _WAYS]
    while ways and not search.is_over:
        for way in list(ways):
            turn = list(islice(way, _TURN))
            search.run(turn)
            if not turn:
                ways.remove(way)
            if search.is_over:
                return


def _replacing(search: Search) -> Iterator[History]:
    for history in _growing(search):
        for position in range(len(history.arguments)):
            yield from replaced(history, position, search.values())


def _with_keywords(search: Search) -> Iterator[History]:
    """Also alone, where other arguments are needed."""
    for history in _growing(search):
        alone = history.with_arguments(())
        given = {argument.rpartition(KEY)[0] for argument in history.arguments}
        for key in history.target.keywords:
            for start in (alone, history) if key not in given else ():
                yield from (longer(start, f"{key}{KEY}{value}") for value in NAMED)
        for word in search.names if not history.target.keywords else ():
            for start in (alone, history):
                yield from (longer(start, f"{word}{KEY}{value}") for value in ("None", "'a'"))


def _growing(search: Search) -> Iterator[History]:
    """The kept ones, of which there are more and more. Targets take turns, those with many arguments more seldom; of
    each the new ones come first, as they came furthest."""
    seen = 0
    left: dict[Target, list[History]] = defaultdict(list)
    turns: dict[Target, int] = defaultdict(int)
    while True:
        for history in search.kept.histories[seen:]:
            left[history.target].append(history)
        seen = len(search.kept.histories)
        waiting = [target for target, histories in left.items() if histories]
        if not waiting:
            return
        target = min(waiting, key=lambda one: turns[one])
        history = left[target].pop()
        turns[target] += 1 + len(history.arguments)
        yield history


def _crossed(search: Search) -> Iterator[History]:
    """With an argument of another call of the same."""
    for history in _growing(search):
        for other in search.best(history.target)[:_OTHERS] if len(history.arguments) > 1 else ():
            for position, argument in enumerate(other.arguments):
                same_key = [i for i, one in enumerate(history.arguments) if _key(one) == _key(argument)]
                if _key(argument) and not same_key:
                    yield longer(history, argument)
                for index in same_key:
                    if _key(argument) or index == position:
                        yield from replaced(history, index, (argument.rpartition(KEY)[2],))


def _key(argument: str) -> str:
    return argument.rpartition(KEY)[0]


def _without_init(search: Search) -> Iterator[History]:
    """Each target as it was called last, which came furthest; then in more ways."""
    found = [
        [replace(history, made=f"{of.text}.__new__({of.text})") for history in list(paths.values())[-_MOST_PATHS:]]
        for of in search.types
        if of.has_init or of.text.startswith("type(")
        for target, paths in search.kept.paths.items()
        if target.of == of.name
    ]
    for histories in found:
        yield from histories[-1:]
    for histories in found:
        for history in histories:
            yield history
            for position in range(len(history.arguments)):
                yield from replaced(history, position, PLAIN)


def _with_changing(search: Search) -> Iterator[History]:
    for history in _growing(search):
        for position in range(min(len(history.arguments), 6)):
            yield from replaced(history, position, (*INTERRUPTING, *CHANGING))


def _with_itself(search: Search) -> Iterator[History]:
    for history in _growing(search):
        for position in range(len(history.arguments)):
            if history.target.of:
                yield from replaced(history, position, _ITSELF)
            if position:
                yield from replaced(history, position, ("argument_1",))


def _of_changing(search: Search) -> Iterator[History]:
    """Methods of objects that hold such objects, also when they are given to each other."""
    for of in search.types:
        makers = [one for target, all_ in search.kept.of_target.items() if target.name == of.name for one in all_[-6:]]
        made = [m.expression for one in makers for m in _holding(one) if m.expression]
        for history in search.kept.histories:
            for expression in made if history.target.of == of.name else ():
                yield replace(history, made=expression)
                for position, argument in enumerate(history.arguments):
                    if of.text in argument:
                        yield from replaced(replace(history, made=expression), position, (expression,))


def _holding(history: History) -> Iterator[History]:
    for position, argument in enumerate(history.arguments):
        value = argument.rpartition(KEY)[2]
        for holding in (*_OF_MADE, *(f"[('key', {one}), ('b', 1)]" for one in _OF_MADE), *CHANGING):
            if holding != value:
                yield from replaced(history, position, (holding,))


def _after_others(search: Search) -> Iterator[History]:
    """Each call after another one on the same object."""
    of_type: dict[str, list[History]] = defaultdict(list)
    for target, histories in search.kept.of_target.items():
        if target.of:
            of_type[target.of] += histories[-2:]
    for histories in of_type.values():
        for first in histories:
            for then in histories:
                if first.made == then.made and "Any(" not in first.source and not first.before:
                    yield replace(then, before=(statement(first),))


def _after_failing(search: Search) -> Iterator[History]:
    """What a call that raised left behind."""
    for history in search.kept.raised:
        if after := after_failing(search, history):
            yield replace(history, after=after)


def statement(history: History) -> str:
    """The call alone, on an object that is there: whether it succeeds is not asked."""
    given = [value.replace(KEY, "=", 1) for value in history.arguments]
    return history.target.form.format(", ".join(given))


def after_failing(search: Search, history: History) -> tuple[str, ...]:
    """What may show that a failed call left the object of the history in disorder."""
    if not history.made:
        return ()
    latest = (all_[-1] for target, all_ in search.kept.of_target.items() if all_ and target.of == history.target.of)
    others = (
        one for one in latest if one.target != history.target and not any("(" in value for value in one.arguments)
    )
    return ("repr(made)", "list(made)", *(statement(one) for one in islice(others, BEST)))


_WAYS = (
    *(_without_init, _replacing, _with_keywords, _with_changing, _of_changing, _with_itself, _crossed),
    *(_after_others, _after_failing),
)
