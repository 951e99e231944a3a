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
        at = _name_of(lines, path, function)
        if at is not None and (function.checks or function.not_lowered):
            yield CheckLens(at, title_of(function))


def _name_of(lines: Lines, path: str, function: FunctionVerdicts) -> Span | None:
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
    return sorted(function.checks, key=lambda check: (ORDER.index(check.answer), check.line, check.column))


def check_text(check: Check) -> str:
    """One line: what is asked, and what came of it."""
    reason = f" ({check.reason})" if check.reason else ""
    return f"{MARKS[check.answer]} {check.code} {check.answer}{reason}"


def checks_at(lines: Lines, at: Position, functions: Iterable[FunctionVerdicts]) -> list[Check]:
    """The checks of the innermost expression at a place, if it still reads as it did."""
    here = [
        c for f in functions for c in f.checks if c.line == at.line and _covers(c, lines.line(at.path, at.line), at)
    ]
    smallest = min((len(check.text) for check in here), default=0)
    return [check for check in here if len(check.text) == smallest]


def _covers(check: Check, line: str, at: Position) -> bool:
    text = check.text.split("\n")[0].encode()
    start = check.column - 1
    is_there = line.encode("utf-8", "surrogatepass")[start : start + len(text)] == text
    return is_there and check.column <= at.column <= check.column + len(text)


def decided(lines: Lines, at: Position, functions: Iterable[FunctionVerdicts]) -> str:
    """What was decided at a place, as Markdown; empty where nothing is checked."""
    here = checks_at(lines, at, functions)
    if not here:
        return ""
    shown = " ".join(here[0].text.split())
    rows = dict.fromkeys(check_text(check) for check in sorted(here, key=lambda c: ORDER.index(c.answer)))
    return "\n".join([f"`{shown}`", "", *(f"- {row}" for row in rows)])
