"""The search: which calls are tried, in which order. New edges of the extension's code lead it.

Arguments are added and replaced one at a time, from the plainest; what reaches code that nothing reached before, is
kept and built upon. Then come the ways in which extensions fail: what was kept is called on objects without `__init__`,
with objects that change what is at hand, after other calls, after a second `__init__`, and with failing allocations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .edges import Edges
from .forks import Done, in_children, spent
from .history import KEY, History, Target
from .objects import CHANGING, INTERRUPTING, ODD, PLAIN
from .surface import Surface, Type
from .trying import Trial

MOST_MADE = 4  # expressions for objects of one type
_BEST = 4
_MOST_NEEDED = 32
_NUMBERS = {"no": 0, "one": 1, "two": 2, "three": 3}
_NEEDS = re.compile(
    r"(?:exactly|at least|expected) (?P<needed>\d+|one|two|three) (?:positional )?argument|expected (?:at least )?"
    r"(?P<tuple>\d+) argument|\(pos (?P<position>\d+)\)|missing (?P<missing>\d+) required"
)
_TOO_MANY = re.compile(r"takes no|at most|takes from|too many")
_TAKES_AND_GOT = re.compile(
    r"(?P<takes>\d+|one|two|three|no)\b.*? arguments?\b.*?(?:got |\(|but )(?P<got>\d+|one|two|three)", re.S
)


@dataclass(frozen=True, slots=True)
class Tried:
    history: History
    answer: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return bool(self.answer["edges"])

    @property
    def is_success(self) -> bool:
        return not self.answer["raised"]


@dataclass(slots=True)
class Kept:
    """What the search knows: the histories that reached something new, and how objects are made."""

    histories: list[History] = field(default_factory=list)
    of_target: dict[Target, list[History]] = field(default_factory=lambda: defaultdict(list))
    made: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Search:
    """`failed` gets each process that ended or wrote something, with what it had in hand."""

    def __init__(self, trial: Trial, edges: Edges, surface: Surface, words: Sequence[str], ends: float) -> None:
        self._trial = trial
        self._edges = edges
        self._surface = surface
        self._words = tuple(words)
        self.ends = ends
        self.kept = Kept()
        self.failed: list[Done[History]] = []
        self.tried = 0

    @property
    def types(self) -> list[Type]:
        return list(self._surface.types.values())

    @property
    def is_over(self) -> bool:
        return spent() > self.ends

    def run(self, histories: Iterable[History]) -> list[Tried]:
        found: list[Tried] = []
        for done in in_children(list(histories), self._trial, group=_group):
            self.tried += 1
            if done.answer is None or done.output or done.answer["raised"] == "SystemError" or done.answer["lost"]:
                self.failed.append(done)
            if done.answer is None:
                continue
            tried = Tried(done.item, done.answer)
            self._edges.know(done.answer["edges"])
            if tried.is_new:
                self.kept.histories.append(tried.history)
                self.kept.of_target[tried.history.target].append(tried.history)
            self._learn(tried)
            found.append(tried)
        return found

    def _learn(self, tried: Tried) -> None:
        """How an object of the extension's is made."""
        gave = tried.answer.get("gave", "")
        if "." not in gave:
            return
        expression, known = tried.history.expression, self.kept.made[gave]
        is_richer = tried.is_new and len(known) < MOST_MADE
        if expression and expression.count("made") == 0 and len(expression) < 120 and (is_richer or not known):
            known.append(expression)

    def values(self) -> list[str]:
        """Whatever may be an argument."""
        own = [expression for made in self.kept.made.values() for expression in made[:2]]
        return [*PLAIN, *own, *ODD, *self._words]

    def explore(self, target: Target) -> None:
        made = self.kept.made[target.of][:MOST_MADE] if target.of else [""]
        self._with_more_arguments(History(target, (), made[0]))
        self._with_keywords(target)
        for history in self._best(target)[:2]:
            self._with_others(history)
        others = [replace(history, made=one) for one in made[1:] for history in self._best(target)[:_BEST]]
        self.run([*others, *(History(target, (), one) for one in made[1:])])

    def _with_more_arguments(self, start: History) -> None:
        frontier = [start]
        for count in range(start.target.most + 1):
            if count:
                frontier = self._those_that_take_more(frontier)
            tries = [_longer(one, value) for one in frontier for value in self.values()] if count else frontier
            tried = self.run(tries) if count >= start.target.least else [Tried(one, _NOTHING) for one in tries]
            if self.is_over or not tried:
                return
            needed = max((_needed(one) for one in tried), default=0)
            if needed > 3 or (needed and count == start.target.most):
                self._with_all(self._that_is_enough(start, needed))
                return
            frontier = _promising(tried)

    def _those_that_take_more(self, frontier: Sequence[History]) -> list[History]:
        """Without those where one argument more is too many, whatever it is."""
        probes = PLAIN[:3]
        tried = self.run(_longer(one, value) for one in frontier for value in probes)
        takes = {one.history.arguments[:-1] for one in tried if not _is_too_many(one)}
        fell = len(tried) < len(frontier) * len(probes)  # then something came of it
        return [one for one in frontier if fell or one.arguments in takes]

    def _that_is_enough(self, start: History, least: int) -> History:
        """With as many plain arguments as it takes."""
        ladder = [start.with_arguments((PLAIN[0],) * count) for count in range(least, _MOST_NEEDED)]
        tried = self.run(ladder)
        return next((one.history for one in tried if not _needed(one)), ladder[0])

    def _with_all(self, start: History) -> None:
        """Where many arguments are needed at once: each is looked for by itself, again and again while it helps."""
        for _ in range(2):
            for position in range(len(start.arguments)):
                tried = self.run(_replaced(start, position, self.values()))
                best = max(tried, key=lambda one: len(one.answer["edges"]), default=None)
                if best is not None and best.is_new:
                    start = best.history
                if self.is_over:
                    return

    def _with_keywords(self, target: Target) -> None:
        for start in self._best(target)[:2]:
            for key in target.keywords:
                self.run(_longer(start, f"{key}{KEY}{value}") for value in self.values())
                if self.is_over:
                    return

    def _with_others(self, start: History) -> None:
        for position in range(len(start.arguments)):
            if len(start.arguments) > 1 and not self.is_over:
                self.run(_replaced(start, position, self.values()))

    def _best(self, target: Target) -> list[History]:
        """The last ones came furthest."""
        return self.kept.of_target[target][::-1]

    def deepen(self) -> None:
        """What was kept, with one argument replaced or one keyword more, as long as there is time."""
        for history in self.kept.histories:  # which grows meanwhile
            for position in range(len(history.arguments)):
                self.run(_replaced(history, position, self.values()))
                if self.is_over:
                    return
            given = {argument.rpartition(KEY)[0] for argument in history.arguments}
            for key in history.target.keywords:
                if key not in given:
                    self.run(_longer(history, f"{key}{KEY}{value}") for value in self.values())
                if self.is_over:
                    return

    def vary(self) -> None:
        """The ways in which extensions fail."""
        found = list(self.kept.histories)
        for histories in (self._without_init(found), self._after_others(), self._with_changing(found)):
            for batch in _batches(histories, 500):
                if self.is_over:
                    return
                self.run(batch)

    def _without_init(self, found: Sequence[History]) -> Iterator[History]:
        for of in self.types:
            for history in found:
                if history.target.of == of.name and of.has_init:
                    made = replace(history, made=f"{of.text}.__new__({of.text})")
                    yield made
                    for position in range(len(history.arguments)):
                        yield from _replaced(made, position, PLAIN)

    def _with_changing(self, found: Sequence[History]) -> Iterator[History]:
        for history in found:
            for position in range(min(len(history.arguments), 6)):
                yield from _replaced(history, position, (*INTERRUPTING, *CHANGING))

    def _after_others(self) -> Iterator[History]:
        """Each call after another one on the same object."""
        of_type: dict[str, list[History]] = defaultdict(list)
        for target, histories in self.kept.of_target.items():
            if target.of:
                of_type[target.of] += histories[-2:]
        for histories in of_type.values():
            for first in histories:
                for then in histories:
                    if first.made == then.made and "Any(" not in first.source:
                        yield replace(then, before=(_statement(first),))


_NOTHING: dict[str, Any] = {"raised": "TypeError", "said": "", "edges": []}


def _statement(history: History) -> str:
    """The call alone, on an object that is there: whether it succeeds is not asked."""
    given = [value.replace(KEY, "=", 1) for value in history.arguments]
    return history.target.form.format(", ".join(given))


def _group(history: History) -> tuple[str, str]:
    return history.target.form, history.made if "__new__" in history.made else ""


def _longer(history: History, value: str) -> History:
    return history.with_arguments((*history.arguments, value))


def _replaced(history: History, position: int, values: Iterable[str]) -> list[History]:
    given = history.arguments
    key = given[position].rpartition(KEY)[0]
    written = (f"{key}{KEY}{value}" if key else value for value in values)
    return [history.with_arguments((*given[:position], value, *given[position + 1 :])) for value in written]


def _promising(tried: Sequence[Tried]) -> list[History]:
    """The ones to add an argument to: first those that reached something, and some that succeeded."""
    new = sorted((one for one in tried if one.is_new), key=lambda one: -len(one.answer["edges"]))
    ok = [one for one in tried if one.is_success and not one.is_new]
    chosen = [*new[:_BEST], *ok[:2]] or list(tried[:1])
    return [one.history for one in chosen]


def _needed(tried: Tried) -> int:
    """How many arguments a TypeError asks for."""
    match = _NEEDS.search(tried.answer["said"]) if tried.answer["raised"] == "TypeError" else None
    if match is None:
        return 0
    if match["missing"]:
        return len(tried.history.arguments) + _number(match["missing"])
    return _number(next(text for text in match.groups() if text))


def _number(text: str) -> int:
    return _NUMBERS[text] if text in _NUMBERS else int(text)


def _is_too_many(tried: Tried) -> bool:
    if tried.answer["raised"] != "TypeError":
        return False
    said = str(tried.answer["said"])
    match = _TAKES_AND_GOT.search(said)
    return _number(match["got"]) > _number(match["takes"]) if match is not None else bool(_TOO_MANY.search(said))


def _batches(histories: Iterable[History], size: int) -> Iterator[list[History]]:
    batch: list[History] = []
    for history in histories:
        batch.append(history)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
