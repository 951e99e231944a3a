"""Diagnostics: the findings, with their inputs, and the steps of the witness as related information.

A client that can pull diagnostics, and can be told to pull again, is told when there are new ones; every other client
gets them pushed. No client gets them both ways.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from gnomon.analysis.checking.finding import Finding, Step, Tier
from gnomon.analysis.exercise import is_exercised
from gnomon.analysis.navigation.text import Lines
from gnomon.server.positions import path_of, to_units, uri_of
from gnomon.server.reports.rules import page_of
from gnomon.server.state import State
from lsprotocol import types

OPTIONS = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="gnomon")
SEVERITY: dict[Tier, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
    "latent": types.DiagnosticSeverity.Hint,
}
DocumentReport = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport
WorkspaceReport = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport


def can_pull(capabilities: types.ClientCapabilities) -> bool:
    """Without the wish to be told, a client would never hear of findings that come later than its question."""
    document, workspace = capabilities.text_document, capabilities.workspace
    return bool(
        document
        and document.diagnostic
        and workspace
        and workspace.diagnostics
        and workspace.diagnostics.refresh_support
    )


def of_document(state: State, params: types.DocumentDiagnosticParams) -> DocumentReport:
    path = path_of(params.text_document.uri)
    items = by_path(state, state.shown).get(path, []) if state.pulls else []
    result = _result_id(items)
    if result == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=result)
    return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=result)


def of_workspace(state: State, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    found = by_path(state, state.shown) if state.pulls else {}
    known = {path_of(previous.uri): previous.value for previous in params.previous_result_ids}
    paths = sorted(found.keys() | {path for path in known if path})
    return types.WorkspaceDiagnosticReport([_report(path, found.get(path, []), known.get(path)) for path in paths])


def _report(path: str, items: list[types.Diagnostic], known: str | None) -> WorkspaceReport:
    result = _result_id(items)
    if result == known:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri_of(path), result_id=result)
    return types.WorkspaceFullDocumentDiagnosticReport(uri=uri_of(path), items=items, result_id=result)


def _result_id(items: Sequence[types.Diagnostic]) -> str:
    """The same for the same diagnostics."""
    return hashlib.blake2b(repr(items).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def by_path(state: State, findings: Iterable[Finding]) -> dict[str, list[types.Diagnostic]]:
    """Diagnostics by absolute path."""
    found: dict[str, list[types.Diagnostic]] = defaultdict(list)
    lines = Lines(state.snapshot)
    for finding in findings:
        found[state.absolute(finding.path)].append(diagnostic(state, finding, lines))
    return dict(found)


def diagnostic(state: State, finding: Finding, lines: Lines) -> types.Diagnostic:
    text = lines.line(state.absolute(finding.path), finding.line)
    start = to_units(text, finding.column, state.encoding)
    end = to_units(text, finding.end_column or len(text.rstrip().encode()) + 1, state.encoding)
    line = finding.line - 1
    return types.Diagnostic(
        range=types.Range(types.Position(line, start), types.Position(line, max(end, start + 1))),
        message=_message(finding),
        severity=SEVERITY[finding.tier],
        code=finding.code,
        code_description=_description(finding.code),
        source="gnomon",
        related_information=[_related(state, step, lines) for step in finding.steps],
        data={
            "id": finding.id,
            "entry": finding.entry if finding.history is not None else "",  # which can be run
            "state": finding.state,
            "stateReason": finding.state_reason,
            "steps": len(finding.steps),
        },
    )


def _message(finding: Finding) -> str:
    """With what a run has said of it."""
    if is_exercised(finding) and finding.state == "replayed":
        return f"{finding.message}\nExercised: called so, the compiled code fails here."
    if finding.state == "replayed":
        return f"{finding.message}\nReplayed: the compiled code fails here as well."
    if finding.state == "replay-refused":
        return f"{finding.message}\nNot replayed: {finding.state_reason}."
    return finding.message


@cache
def _description(code: str) -> types.CodeDescription | None:
    """The link to the code's page, which is installed beside the server."""
    page = page_of(code)
    return types.CodeDescription(uri_of(str(page))) if page is not None else None


def _related(state: State, step: Step, lines: Lines) -> types.DiagnosticRelatedInformation:
    path = state.absolute(step.path)
    text = lines.line(path, step.line)
    indent = len(text) - len(text.lstrip())
    span = types.Range(
        types.Position(step.line - 1, indent), types.Position(step.line - 1, max(len(text.rstrip()), indent))
    )
    values = ", ".join(f"{name} = {value}" for name, value in step.values.items())
    message = f"{step.text}   [{values}]" if values else step.text
    return types.DiagnosticRelatedInformation(types.Location(uri_of(path), span), message)
