"""Quick fixes: the corrections that come with contradictions, where the cursor is; at a finding, its witness."""

from __future__ import annotations

from collections.abc import Iterator

from gnomon.analysis.checking.finding import Finding, Fix, TextEdit
from gnomon.analysis.navigation.text import Lines
from gnomon.server.features import witness
from gnomon.server.features.diagnostics import diagnostic
from gnomon.server.positions import path_of, to_units, uri_of
from gnomon.server.state import State
from lsprotocol import types

OPTIONS = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])


def answer(state: State, params: types.CodeActionParams) -> list[types.CodeAction]:
    path = path_of(params.text_document.uri)
    first, last = params.range.start.line + 1, params.range.end.line + 1
    here = [f for f in state.contracts if state.absolute(f.path) == path and first <= f.line <= last]
    return [*_actions(state, here), *witness.actions(state, path, first, last)]


def _actions(state: State, findings: list[Finding]) -> Iterator[types.CodeAction]:
    for finding in findings:
        for number, fix in enumerate(finding.fixes):
            yield types.CodeAction(
                fix.title,
                types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(state, finding, Lines(state.snapshot))],
                is_preferred=number == 0,
                edit=types.WorkspaceEdit(changes=_changes(state, fix)),
            )


def _changes(state: State, fix: Fix) -> dict[str, list[types.TextEdit]]:
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in fix.edits:
        changes.setdefault(uri_of(state.absolute(edit.path)), []).append(_edit(state, edit))
    return changes


def _edit(state: State, edit: TextEdit) -> types.TextEdit:
    path = state.absolute(edit.path)
    start = to_units(state.snapshot.line(path, edit.line), edit.column, state.encoding)
    end = to_units(state.snapshot.line(path, edit.end_line), edit.end_column, state.encoding)
    span = types.Range(types.Position(edit.line - 1, start), types.Position(edit.end_line - 1, end))
    return types.TextEdit(span, edit.text)
