"""Findings and verdicts as they stand in the editor: moved with the text while it is edited, until a check replaces
them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gnomon.analysis.checking.finding import Check, Finding, FunctionVerdicts, Step


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines `first` to `last` (from 1) were replaced by `lines` lines; before `first`, when `last` is the one above."""

    path: str
    first: int
    last: int
    lines: int

    @property
    def shift(self) -> int:
        return self.lines - (self.last - self.first + 1)


def moved(findings: Iterable[Finding], edit: Edit) -> tuple[Finding, ...]:
    """The findings after an edit: what lies below moves, what lies inside stays within the new text."""
    return tuple(_moved_finding(finding, edit) for finding in findings)


def moved_verdicts(functions: Iterable[FunctionVerdicts], edit: Edit) -> tuple[FunctionVerdicts, ...]:
    """The same for the verdicts of the edited file's functions."""
    return tuple(_moved_function(function, edit) for function in functions)


def _moved_function(function: FunctionVerdicts, edit: Edit) -> FunctionVerdicts:
    line = moved_line(function.line, edit)

    def moved_check(check: Check) -> Check:
        is_here = check.path == function.path
        return replace(check, line=moved_line(function.line + check.line, edit) - line) if is_here else check

    if function.line <= edit.last and any(function.line + check.line >= edit.first for check in function.told):
        return replace(function, line=line, told=tuple(map(moved_check, function.told)))
    return replace(function, line=line) if line != function.line else function


def moved_line(line: int, edit: Edit) -> int:
    if line < edit.first:
        return line
    if line > edit.last:
        return line + edit.shift
    return min(line, edit.first + max(edit.lines, 1) - 1)


def _moved_finding(finding: Finding, edit: Edit) -> Finding:
    steps = tuple(_moved_step(step, edit) for step in finding.steps)
    line = moved_line(finding.line, edit) if finding.path == edit.path else finding.line
    return replace(finding, line=line, steps=steps)


def _moved_step(step: Step, edit: Edit) -> Step:
    return replace(step, line=moved_line(step.line, edit)) if step.path == edit.path else step
