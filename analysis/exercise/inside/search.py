"""The search: which calls are tried, in which order. New edges of the extension's code lead it.

Arguments are added and replaced one at a time, from the plainest; what reaches code that nothing reached before, is
kept and built upon.
"""

from __future__ import annotations

import keyword
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .edges import Edges
from .forks import Done, Worker, spent
from .history import KEY, History, Target
from .objects import needed
from .surface import Surface, Type
from .trying import TOLD, Trial
from .values import ODD, PLAIN

MOST_MADE = 4  # expressions for objects of one type
_MOST_OBJECTS = 2  # that all arguments are tried with: the first one is often empty
BEST = 4
_MOST_NEEDED = 32
_MOST_OF_MANY = 60  # values of each argument where there are many
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
    """What the search knows: the histories that reached something new, those that failed in a new way, the first one
    for each path through a target's code, and how objects are made."""

    histories: list[History] = field(default_factory=list)
    raised: list[History] = field(default_factory=list)
    paths: dict[Target, dict[int, History]] = field(default_factory=lambda: defaultdict(dict))
    of_target: dict[Target, list[History]] = field(default_factory=lambda: defaultdict(list))
    made: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Search:
    """`words` are expressions of strings; `seeds` are objects and arguments of calls that somebody wrote, by the last
    part of what is called. `failed` gets each process that ended or wrote something, with what it had in hand."""

    def __init__(
        self,
        trial: Trial,
        edges: Edges,
        surface: Surface,
        words: Sequence[str],
        seeds: Mapping[str, Sequence[tuple[str, Sequence[str]]]],
        ends: float,
    ) -> None:
        self._worker = Worker[History](trial, keys=TOLD)
        self._edges = edges
        self._surface = surface
        self._words = tuple(words)
        self._seeds = seeds
        self.ends = ends
        self.kept = Kept()
        self.failed: list[Done[History]] = []
        self.tried = 0
        self._seen: set[History] = set()

    @property
    def types(self) -> list[Type]:
        return list(self._surface.types.values())

    @property
    def is_over(self) -> bool:
        return spent() > self.ends

    def unseen(self, histories: Iterable[History]) -> Iterator[History]:
        return (history for history in histories if history not in self._seen)

    def run(self, histories: Iterable[History], is_seed: bool = False) -> list[Tried]:
        """Of seeds, each is kept that goes a way of its own."""
        found: list[Tried] = []
        tries = list(histories)
        self._seen.update(tries)
        for done in self._worker.does(tries, _group):
            self.tried += 1
            if done.answer is None or done.output or done.answer["raised"] == "SystemError" or done.answer["lost"]:
                self.failed.append(done)
            if done.answer is None:
                continue
            tried = Tried(done.item, done.answer)
            self._edges.know(done.answer["edges"])
            paths = self.kept.paths[tried.history.target]
            if tried.is_new or (is_seed and tried.answer["path"] not in paths):
                self.kept.histories.append(tried.history)
                self.kept.of_target[tried.history.target].append(tried.history)
            if not (tried.history.before or tried.history.after):  # what is lost there is theirs
                paths.setdefault(tried.answer["path"], tried.history)
            if tried.answer["raised"] == "MemoryError" or (tried.is_new and not tried.is_success):
                self.kept.raised.append(tried.history)
            self._learn(tried)
            found.append(tried)
        return found

    def close(self) -> None:
        self._worker.close()

    def _learn(self, tried: Tried) -> None:
        """How an object of the extension's is made."""
        gave = tried.answer.get("gave", "")
        if "." not in gave:
            return
        expression, made, known = tried.history.expression, tried.history.made, self.kept.made[gave]
        is_other = tried.is_new or (made and not any(made in one for one in known))  # of another object, which it shows
        is_wanted = not known or (is_other and len(known) < MOST_MADE)
        if is_wanted and expression and "made" not in expression and len(expression) < 120:
            known.append(expression)

    @property
    def names(self) -> list[str]:
        """Words that may be names of arguments."""
        return [
            name for word in self._words if (name := word.strip("'")).isidentifier() and not keyword.iskeyword(name)
        ]

    def values(self) -> list[str]:
        """Whatever may be an argument."""
        own = [expression for made in self.kept.made.values() for expression in made[:2]]
        return [*PLAIN, *own, *ODD, *self._words]

    def explore(self, target: Target) -> None:
        made = self.kept.made[target.of][:MOST_MADE] if target.of else [""]
        self._as_somebody_wrote(target, made[0])
        self._with_more_arguments([History(target, (), one) for one in made[:_MOST_OBJECTS]])
        for history in self.best(target)[:2]:
            self._with_others(history)
        others = [replace(history, made=one) for one in made[1:] for history in self.best(target)[:BEST]]
        self.run([*others, *(History(target, (), one) for one in made[1:])])

    def _as_somebody_wrote(self, target: Target, made: str) -> None:
        seeds = self._seeds.get(target.name.rpartition(".")[2], ())
        suited = ((of or made, arguments) for of, arguments in seeds if target.of or not of)
        self.run((History(target, tuple(arguments), of) for of, arguments in suited), is_seed=True)

    def _with_more_arguments(self, starts: Sequence[History]) -> None:
        frontier, target = list(starts), starts[0].target
        for count in range(target.most + 1):
            if count:
                frontier = self._those_that_take_more(frontier)
            tries = [longer(one, value) for one in frontier for value in self.values()] if count else frontier
            tried = self.run(tries) if count >= target.least else [Tried(one, _NOTHING) for one in tries]
            if self.is_over or not tried:
                return
            asked = max((_needed(one) for one in tried), default=0)
            if asked > 3 or (asked and count == target.most):
                self._with_all(self._that_is_enough(starts[0], asked))
                return
            frontier = _promising(tried) if count else list(starts)

    def _those_that_take_more(self, frontier: Sequence[History]) -> list[History]:
        """Without those where one argument more is too many, whatever it is."""
        probes = PLAIN[:3]
        tried = self.run(longer(one, value) for one in frontier for value in probes)
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
                tried = self.run(replaced(start, position, self.values()[:_MOST_OF_MANY]))
                best = max(tried, key=lambda one: len(one.answer["edges"]), default=None)
                if best is not None and best.is_new:
                    start = best.history
                if self.is_over:
                    return

    def _with_others(self, start: History) -> None:
        for position in range(len(start.arguments)):
            if len(start.arguments) > 1 and not self.is_over:
                self.run(replaced(start, position, self.values()))

    def best(self, target: Target) -> list[History]:
        """The last ones came furthest."""
        return self.kept.of_target[target][::-1]


_NOTHING: dict[str, Any] = {"raised": "TypeError", "said": "", "edges": []}


def _group(history: History) -> tuple[str, str, tuple[str, ...]]:
    """Those that end a process in one way."""
    made = history.made if "__new__" in history.made else ""
    return history.target.form, made, tuple(needed(history.source))


def longer(history: History, value: str) -> History:
    return history.with_arguments((*history.arguments, value))


def replaced(history: History, position: int, values: Iterable[str]) -> list[History]:
    given = history.arguments
    key = given[position].rpartition(KEY)[0]
    written = (f"{key}{KEY}{value}" if key else value for value in values)
    return [history.with_arguments((*given[:position], value, *given[position + 1 :])) for value in written]


def _promising(tried: Sequence[Tried]) -> list[History]:
    """The ones to add an argument to: first those that reached something, and some that succeeded."""
    new = sorted((one for one in tried if one.is_new), key=lambda one: -len(one.answer["edges"]))
    ok = [one for one in tried if one.is_success and not one.is_new]
    chosen = [*new[:BEST], *ok[:2]] or list(tried[:1])
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
