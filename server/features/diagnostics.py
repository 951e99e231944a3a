"""Findings as diagnostics: the sentence with its inputs, and the steps of the witness as related information."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gnomon.analysis.checking.finding import Finding, Step, Tier
from gnomon.server.positions import to_units, uri_of
from gnomon.server.state import State
from lsprotocol import types

SEVERITY: dict[Tier, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
    "latent": types.DiagnosticSeverity.Hint,
}


def by_path(state: State, findings: Iterable[Finding]) -> dict[str, list[types.Diagnostic]]:
    """Diagnostics by absolute path."""
    found: dict[str, list[types.Diagnostic]] = defaultdict(list)
    for finding in findings:
        found[state.absolute(finding.path)].append(diagnostic(state, finding))
    return dict(found)


def diagnostic(state: State, finding: Finding) -> types.Diagnostic:
    text = state.snapshot.line(state.absolute(finding.path), finding.line)
    start = to_units(text, finding.column, state.encoding)
    end = to_units(text, finding.end_column or len(text.rstrip().encode()) + 1, state.encoding)
    line = finding.line - 1
    return types.Diagnostic(
        range=types.Range(types.Position(line, start), types.Position(line, max(end, start + 1))),
        message=finding.message,
        severity=SEVERITY[finding.tier],
        code=finding.code,
        source="gnomon",
        related_information=[_related(state, step) for step in finding.steps],
        data={"id": finding.id, "entry": finding.entry, "state": finding.state},
    )


def _related(state: State, step: Step) -> types.DiagnosticRelatedInformation:
    path = state.absolute(step.path)
    text = state.snapshot.line(path, step.line)
    indent = len(text) - len(text.lstrip())
    span = types.Range(
        types.Position(step.line - 1, indent), types.Position(step.line - 1, max(len(text.rstrip()), indent))
    )
    values = ", ".join(f"{name} = {value}" for name, value in step.values.items())
    message = f"{step.text}   [{values}]" if values else step.text
    return types.DiagnosticRelatedInformation(types.Location(uri_of(path), span), message)
