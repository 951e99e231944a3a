"""What failed, told once for each place: the smallest history that leads there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .allocations import FAILING, Failing, with_failing_allocations
from .forks import Done, in_children, spent
from .history import History, Target
from .measuring import CALLS, Measure
from .objects import definitions, imports
from .search import Search
from .trying import Trial

_HEAD = re.compile(r"ERROR: (?:AddressSanitizer|LeakSanitizer):? (?P<text>[\w-]+)|runtime error: (?P<undefined>.*)")
_LEAK = re.compile(r"^(?:Direct|Indirect) leak of \d+ byte\(s\) in (?P<count>\d+) object\(s\)", re.M)
_RESULT = re.compile(
    r"(?P<of><.*>) returned (?:NULL|-1) without setting an exception"
    r"|(?P<with><.*>) returned a result with an (?:exception|error) set"
    r"|(?P<argument>bad argument to internal function|null argument to internal routine)"
)
_MOST_MEASURED, _MOST_FAILING, _MOST_OF_TARGET = 800, 150, 3
LEAST_BYTES = 16 * CALLS  # that what is lost takes
_OUTPUT = 12_000


@dataclass(frozen=True, slots=True)
class Failure:
    """`kind`: "report" of a sanitizer, "result" that breaks the contract, "lost" block, "count" of what is watched."""

    kind: str
    key: tuple[str, ...]
    history: History
    output: str
    watched: str = ""
    grown: int = 0
    failing: bool = False
    of_type: str = ""  # the name of what is watched, when it is a type

    @property
    def size(self) -> int:
        return self.history.size

    def line(self) -> str:
        history = self.history
        source = history.source
        told: dict[str, Any] = {
            "kind": self.kind,
            "target": history.target.name,
            "lines": history.lines(),
            "arguments": list(history.arguments),
            "made": history.made,
            "definitions": definitions(source),
            "imports": imports(source),
            "output": self.output[:_OUTPUT],
            "watched": self.watched,
            "grown": self.grown,
            "failing": self.failing,
            "of_type": self.of_type,
        }
        return json.dumps(told)


class Failures:
    """`files` are the extension's, which a failure must be in."""

    def __init__(self, search: Search, measure: Measure, trial: Trial, files: Sequence[str]) -> None:
        self._search = search
        self._measure = measure
        self._trial = trial
        named = "|".join(map(re.escape, files))
        self._frame = re.compile(r"^\s+#\d+ 0x[0-9a-f]+ +(?:in \S+ +)?\((?:" + named + r")\+(0x[0-9a-f]+)\)", re.M)
        self._line = re.compile(r"^(\S+:\d+):\d+: runtime error: (.*)$", re.M)
        self._types = {of.text: of.name for of in search.types}
        self._found: dict[tuple[str, ...], Failure] = {}
        self._counted: dict[tuple[str, bool], list[str]] = {}  # sources, by what they count

    def tell(self, output: Path, seconds_failing: float, seconds_measuring: float) -> None:
        """Writes them after each stage: what is known is not lost when a later one does not end."""
        for done in self._search.failed:
            self._take(done, done.item)
        self._write(output)
        self._with_failing_allocations(spent() + seconds_failing)
        self._write(output)
        self._with_measures(spent() + seconds_measuring)
        self._write(output)

    def _write(self, output: Path) -> None:
        output.write_text("".join(f"{failure.line()}\n" for failure in self._found.values()), encoding="utf-8")

    def _keep(self, failure: Failure) -> None:
        known = self._found.get(failure.key)
        if known is None or failure.size < known.size:
            self._found[failure.key] = failure

    def _take(self, done: Done[Any], history: History, failing: bool = False) -> None:
        if done.is_late:
            return
        output = done.output
        for place, text in self._line.findall(output):
            self._keep(Failure("report", ("undefined", place, text[:20]), history, output, failing=failing))
        head = _HEAD.search(output)
        if head is not None and head["text"] and (frame := self._frame.search(output)):
            self._keep(Failure("report", (head["text"], frame[1]), history, output, failing=failing))
        if done.answer is not None and done.answer["raised"] == "SystemError":
            self._take_system_error(history, str(done.answer["said"]), failing)

    def _take_system_error(self, history: History, said: str, failing: bool) -> None:
        """The interpreter says so of a function that broke its contract; of its own functions too."""
        match, name = _RESULT.search(said), history.target.name
        if match is None:
            return
        is_named = name.rpartition(".")[2] in (match["of"] or match["with"] or "")
        if is_named or (match["argument"] and not failing):
            key = (name, match["argument"] or ("missing" if match["of"] else "pending"))
            self._keep(Failure("result", key, history, f"SystemError: {said}", failing=failing))

    def _with_failing_allocations(self, ends: float) -> None:
        work = with_failing_allocations(self._trial)
        if work is None:
            return
        chosen = self._chosen(_MOST_FAILING)
        for batch in _batches([Failing(history, number) for history in chosen for number in range(FAILING)]):
            if spent() > ends:
                return
            for done in in_children(batch, work, group=lambda item: item.history.target):
                if done.answer is None or done.output or done.answer["raised"] == "SystemError":
                    self._take(done, done.item.history, failing=True)

    def _chosen(self, most: int) -> list[History]:
        """The latest of each target first: they came furthest."""
        lists = [list(reversed(histories)) for histories in self._search.kept.of_target.values()]
        rounds = max(map(len, lists), default=0)
        return [one[turn] for turn in range(rounds) for one in lists if turn < len(one)][:most]

    def _with_measures(self, ends: float) -> None:
        chosen = [*self._twice(), *self._chosen(_MOST_MEASURED)]
        grown: list[tuple[History, dict[str, Any]]] = []
        self._measure.begin()
        for batch in _batches(chosen):
            if spent() > ends:
                break
            for done in in_children(batch, self._measure.grown, 10.0):
                if done.answer is None:
                    self._take(done, done.item)
                elif done.answer["counts"] or done.answer["bytes"] >= LEAST_BYTES:
                    grown.append((done.item, done.answer))
        grown.sort(key=lambda pair: pair[0].size)
        for history, answer in grown:
            if answer["bytes"] < LEAST_BYTES:
                self._count(history, answer)
        looked: Counter[str] = Counter()
        for history, answer in grown:
            name = history.target.name
            if answer["bytes"] < LEAST_BYTES or looked[name] == _MOST_OF_TARGET or spent() > ends:
                continue
            looked[name] += 1
            for done in in_children([history], self._measure.lost, 20.0):
                if done.answer is not None and not self._lost(done.item, done.output):
                    self._count(done.item, done.answer)

    def _twice(self) -> Iterable[History]:
        """A second `__init__`, with the same arguments."""
        for of in self._search.types:
            again = Target(f"{of.name}.__init__", "made.__init__({})", of.name)
            for target, histories in self._search.kept.of_target.items():
                if of.has_init and target.name == of.name:
                    yield from (History(again, one.arguments, one.expression) for one in histories)

    def _lost(self, history: History, output: str) -> bool:
        """Whether blocks are lost, whose makers are the extension's."""
        is_lost = False
        for match in _LEAK.finditer(output):
            stack = output[match.start() :].split("\n\n", 1)[0]
            frame = self._frame.search(stack)
            if frame is not None and int(match["count"]) >= 0.9 * CALLS:
                is_lost = True
                self._keep(Failure("lost", ("lost", frame[1]), history, stack))
        return is_lost

    def _count(self, history: History, answer: dict[str, Any]) -> None:
        for name, by in answer["counts"].items():
            if self._is_explained(history, name, by):
                continue
            self._counted.setdefault((name, by > 0), []).append(history.expression or history.source)
            owner = "" if name in self._types else history.target.name  # an instance's type: whoever makes one
            key = ("count", owner, name, "more" if by > 0 else "less")
            self._keep(Failure("count", key, history, "", name, by, of_type=self._types.get(name, "")))

    def _is_explained(self, history: History, name: str, by: int) -> bool:
        """Does a part of it do the same?"""
        known = self._counted.get((name, by > 0), ())
        return bool(known) and (name in self._types or any(one in history.source for one in known))


def _batches(items: Sequence[Any], size: int = 200) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))
