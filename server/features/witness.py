"""Witness in the text: the values of a finding's steps, as a debugger that stopped there would show them.

The command `gnomon.openWitness`, with the id of a finding, shows the steps as inlay hints at the ends of their lines,
numbered, in every file that they pass; `gnomon.closeWitness` hides them again. A quick fix at the finding offers both.
The hints move with the text, and a line that is changed loses its own. They go when a check no longer finds the
finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import position_of
from gnomon.server.state import State
from lsprotocol import types

OPEN, CLOSE = "gnomon.openWitness", "gnomon.closeWitness"


def shown(state: State) -> Finding | None:
    """The finding whose steps are shown."""
    return next((f for f in state.found if f.id == state.witness), None) if state.witness else None


def hints(state: State, lines: Lines, path: str, first: int, last: int) -> Iterator[types.InlayHint]:
    """The hints of lines `first` to `last` of a file."""
    finding = shown(state)
    if finding is None:
        return
    by_line: dict[int, list[str]] = {}
    for number, step in enumerate(finding.steps, 1):
        is_here = first <= step.line <= last and state.absolute(step.path) == path
        if is_here and lines.line(path, step.line).strip() == step.text:
            told = [f"{name} = {value}" for name, value in step.values.items()]
            told += [finding.code] if number == len(finding.steps) else []
            by_line.setdefault(step.line, []).append(f"{number}. {', '.join(told)}".rstrip())
    for line, labels in by_line.items():
        column = len(lines.line(path, line).rstrip().encode("utf-8", "surrogatepass")) + 1
        yield types.InlayHint(
            position_of(lines, path, line, column, state.encoding),
            "   ".join(labels),
            padding_left=True,
            tooltip=finding.message,
        )


def actions(state: State, path: str, first: int, last: int) -> Iterator[types.CodeAction]:
    """What is offered where a finding with steps is."""
    for finding in state.found:
        if finding.steps and state.absolute(finding.path) == path and first <= finding.line <= last:
            is_shown = finding.id == state.witness
            title = "Hide the witness" if is_shown else f"Show the witness: {finding.message}"
            command = types.Command(title, CLOSE if is_shown else OPEN, arguments=[] if is_shown else [finding.id])
            yield types.CodeAction(title, types.CodeActionKind.QuickFix, command=command)
