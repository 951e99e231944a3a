"""Lenses over checked C functions, and what was decided at a place.

"7 checks: 6 proved, 1 refuted" stands over each C function that has checks, and lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.checking.finding import Answer, Check, FunctionVerdicts
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.navigation.text import Lines
from gnomon.analysis.workspace import Snapshot

ORDER: tuple[Answer, ...] = ("refuted", "undecided", "proved")  # what a person looks for first
MARKS: dict[Answer, str] = {"refuted": "\u2717", "undecided": "?", "proved": "\u2713"}


@dataclass(frozen=True, slots=True)
class CheckLens:
    """Over the name of a function."""

    at: Span
    title: str


def check_lenses(snapshot: Snapshot, path: str, functions: Iterable[FunctionVerdicts]) -> Iterator[CheckLens]:
    """Of a C file; a function that no longer stands where it was checked gets none."""
    lines = Lines(snapshot)
    for function in functions:
        at = name_of(lines, path, function)
        if at is not None and (function.told or function.not_lowered):
            yield CheckLens(at, title_of(function))


def name_of(lines: Lines, path: str, function: FunctionVerdicts) -> Span | None:
    text = lines.line(path, function.line).encode("utf-8", "surrogatepass")
    start = text.find(function.function.encode())
    if start < 0:
        return None
    return Span(path, function.line, start + 1, function.line, start + 1 + len(function.function.encode()))


def title_of(function: FunctionVerdicts) -> str:
    """The verdicts in a few words."""
    if function.not_lowered:
        return f"not checked: {function.not_lowered}"
    counts = {"proved": function.proved, "refuted": function.refuted, "undecided": function.undecided}
    total = sum(counts.values())
    told = ", ".join(f"{count} {answer}" for answer, count in counts.items() if count)
    return f"{total} check{'' if total == 1 else 's'}: {told}"


def listed(function: FunctionVerdicts) -> list[Check]:
    """The checks of a function, refuted ones first, then those that are undecided."""
    return sorted(function.checks(), key=lambda check: (ORDER.index(check.answer), check.line, check.column))


def check_text(check: Check) -> str:
    """One line: what is asked, and what came of it."""
    reason = f" ({check.reason})" if check.reason else ""
    return f"{MARKS[check.answer]} {check.code} {check.answer}{reason}"


def checks_at(lines: Lines, at: Position, functions: Iterable[FunctionVerdicts]) -> list[list[Check]]:
    """The checks of each expression at a place, the innermost first, as far as it reads as it did. Of those around
    it, only what is not proved."""
    line = lines.line(at.path, at.line)
    by_text: dict[tuple[int, int], list[Check]] = {}
    for check in (check for function in functions for check in function.checks(line=at.line)):
        if _covers(check, line, at):
            by_text.setdefault((len(check.text), check.column), []).append(check)
    innermost, *around = [listed for _, listed in sorted(by_text.items())] or [[]]
    open_around = ([check for check in listed if check.answer != "proved"] for listed in around)
    return [listed for listed in (innermost, *open_around) if listed]


def _covers(check: Check, line: str, at: Position) -> bool:
    text = check.text.split("\n")[0].encode()
    start = check.column - 1
    is_there = line.encode("utf-8", "surrogatepass")[start : start + len(text)] == text
    return is_there and check.column <= at.column <= check.column + len(text)


def decided(lines: Lines, at: Position, functions: Iterable[FunctionVerdicts]) -> str:
    """What was decided at a place, as Markdown; empty where nothing is checked."""
    return "\n\n".join(_told(listed) for listed in checks_at(lines, at, functions))


def _told(checks: list[Check]) -> str:
    shown = " ".join(checks[0].text.split())
    rows = dict.fromkeys(check_text(check) for check in sorted(checks, key=lambda c: ORDER.index(c.answer)))
    return "\n".join([f"`{shown}`", "", *(f"- {row}" for row in rows)])
