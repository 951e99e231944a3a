"""What failed, told once for each place: the smallest history that leads there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .forks import Done
from .history import History
from .objects import definitions, imports

_HEAD = re.compile(r"ERROR: (?:AddressSanitizer|LeakSanitizer):? (?P<text>[\w-]+)")
_BEGINS = re.compile(r"^(?=\S+:\d+:\d+: runtime error: |==\d+==ERROR: )", re.M)
_UNDEFINED = re.compile(r"^(\S+:\d+):\d+: runtime error: (.*)$", re.M)
_LEAK = re.compile(r"^(?P<how>Direct|Indirect) leak of \d+ byte\(s\) in (?P<count>\d+) object\(s\)", re.M)
_RESULT = re.compile(
    r"(?P<of><.*>) returned (?:NULL|-1) without setting an exception"
    r"|(?P<with><.*>) returned a result with an (?:exception|error) set"
    r"|(?P<argument>bad argument to internal function|null argument to internal routine)"
)
_OUTPUT = 12_000


@dataclass(frozen=True, slots=True)
class Failure:
    """`kind`: "report" of a sanitizer, "result" that breaks the contract, "lost" block, "count" of what is watched, an
    "interrupt" that is kept from the caller, a "cycle" that is not collected."""

    kind: str
    key: tuple[str, ...]
    history: History
    output: str = ""
    watched: str = ""
    grown: int = 0
    of_type: str = ""  # the name of what is watched, when it is a type, or of what is not collected

    def line(self) -> str:
        history = self.history
        source = history.source
        told: dict[str, Any] = {
            "kind": self.kind,
            "target": history.target.name,
            "lines": history.lines(),
            "arguments": list(history.arguments),
            "made": history.made,
            "after": list(history.after),
            "definitions": definitions(source),
            "imports": imports(source),
            "output": self.output[:_OUTPUT],
            "watched": self.watched,
            "grown": self.grown,
            "failing": history.failing >= 0,
            "of_library": history.of_library,
            "of_type": self.of_type,
        }
        return json.dumps(told)


class Failures:
    """`files` are the extension's, which a failure must be in; `types` the names of its types by their expressions."""

    def __init__(self, files: Sequence[str], types: dict[str, str]) -> None:
        named = "|".join(map(re.escape, files))
        self._frame = re.compile(r"^\s+#\d+ 0x[0-9a-f]+ +(?:in \S+ +)?\((?:" + named + r")\+(0x[0-9a-f]+)\)", re.M)
        self._types = types
        self._found: dict[tuple[str, ...], Failure] = {}
        self._counted: dict[tuple[str, bool], list[str]] = {}  # sources, by what they count

    def write(self, output: Path) -> None:
        output.write_text("".join(f"{failure.line()}\n" for failure in self._found.values()), encoding="utf-8")

    def keep(self, failure: Failure) -> None:
        known = self._found.get(failure.key)
        if known is None or failure.history.size < known.history.size:
            self._found[failure.key] = failure

    def interrupts(self) -> list[Failure]:
        return [failure for failure in self._found.values() if failure.kind == "interrupt"]

    def trace(self, failure: Failure, stack: str) -> None:
        """Where it comes from."""
        self._found[failure.key] = replace(failure, output=f"{failure.output}\n{stack}")

    def take(self, done: Done[History]) -> None:
        """What a process wrote or ended with."""
        history, output = done.item, done.output
        if done.is_late:
            return
        for report in _reports(output):
            if undefined := _UNDEFINED.match(report):
                self.keep(Failure("report", ("undefined", undefined[1], undefined[2][:20]), history, report))
            elif (head := _HEAD.search(report)) and (frame := self._frame.search(report)):
                self.keep(Failure("report", (head["text"], frame[1]), history, report))
        if done.answer is None:
            return
        if done.answer.get("raised") == "SystemError":
            self._take_system_error(history, str(done.answer["said"]))
        if done.answer.get("lost"):
            how = "replaced" if done.answer["raised"] else "swallowed"
            by = next((one for one in history.arguments if "Interrupt" in one), history.made)
            self.keep(Failure("interrupt", (history.target.name, how, by), history, how))

    def _take_system_error(self, history: History, said: str) -> None:
        """The interpreter says so of a function that broke its contract; of its own functions too."""
        match, name = _RESULT.search(said), history.target.name
        if match is None:
            return
        is_named = name.rpartition(".")[2] in (match["of"] or match["with"] or "")
        if is_named or (match["argument"] and history.failing < 0):
            key = (name, match["argument"] or ("missing" if match["of"] else "pending"))
            self.keep(Failure("result", key, history, f"SystemError: {said}"))

    def take_lost(self, history: History, output: str, least: int) -> None:
        """Blocks of which as many are lost as calls were made, and whose makers are known to be the extension's."""
        for _, stack in _leaks(output, least):
            if (frame := self._frame.search(stack)) is not None:
                self.keep(Failure("lost", ("lost", frame[1]), history, stack))

    def loses_others(self, output: str, least: int) -> bool:
        """Blocks of which nobody knows the maker, and that do not only hang on lost ones."""
        return any(m["how"] == "Direct" and not self._frame.search(stack) for m, stack in _leaks(output, least))

    def take_lost_by(self, history: History) -> None:
        """Something is lost that was passed to the call, or that it has the interpreter make."""
        self.keep(Failure("lost", ("lost", history.target.name), history))

    def unexplained(self, history: History, counts: dict[str, int]) -> dict[str, int]:
        return {name: by for name, by in counts.items() if not self._is_explained(history, name, by)}

    def take_counts(self, history: History, counts: dict[str, int], is_making: bool) -> None:
        """`is_making`: the history makes an object, and does no more."""
        for name, by in self.unexplained(history, counts).items():
            self._counted.setdefault((name, by > 0), []).append(history.expression or history.source)
            if by < 0 and history.holds_itself:  # which only the collector ends
                history = replace(history, target=replace(history.target, name=f"{history.target.of}.tp_clear"))
            of_type = self._types.get(name, "") if is_making else ""  # an instance's type: whoever makes one
            key = ("count", "" if of_type else history.target.name, name, "more" if by > 0 else "less")
            self.keep(Failure("count", key, history, "", name, by, of_type))

    def _is_explained(self, history: History, name: str, by: int) -> bool:
        """Does a part of it do the same?"""
        known = self._counted.get((name, by > 0), ())
        return bool(known) and (name in self._types or any(one in history.source for one in known))


def _leaks(output: str, least: int) -> Iterator[tuple[re.Match[str], str]]:
    """With their stacks."""
    for match in _LEAK.finditer(output):
        if int(match["count"]) >= least:
            yield match, output[match.start() :].split("\n\n", 1)[0]


def _reports(output: str) -> list[str]:
    """Each with its own stack. What the interpreter said before it gave up, belongs to what the sanitizer says then."""
    said, *reports = _BEGINS.split(output)
    for index, report in enumerate(reports):
        cut = report.find("Fatal Python error")
        if cut >= 0 and index + 1 < len(reports):
            reports[index + 1] = f"{reports[index + 1]}\n{report[cut:]}"
    if reports and "Fatal Python error" in said:
        reports[0] = f"{reports[0]}\n{said}"
    return reports
