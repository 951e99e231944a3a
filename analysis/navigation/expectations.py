"""What a C function expects of its callers: the latent findings that it shows by itself."""

from __future__ import annotations

from collections.abc import Iterable

from gnomon.analysis.checking.finding import Finding, FunctionVerdicts
from gnomon.analysis.navigation.checks import name_of
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.navigation.text import Lines


def expectations(function: FunctionVerdicts, findings: Iterable[Finding]) -> list[str]:
    """A line each."""
    return [
        f"{finding.path}:{finding.line}: {finding.message} [{finding.code}]"
        for finding in findings
        if finding.tier == "latent" and finding.entry == function.function and _source(finding) == function.path
    ]


def _source(finding: Finding) -> str:
    return finding.history.sources[0] if finding.history is not None and finding.history.sources else ""


def expected(lines: Lines, at: Position, functions: Iterable[FunctionVerdicts], findings: Iterable[Finding]) -> str:
    """Those of the function whose name is at a place, as Markdown; empty where there are none."""
    listed = list(findings)
    for function in functions:
        name = name_of(lines, at.path, function) if function.line == at.line else None
        rows = expectations(function, listed)
        if name is not None and name.column <= at.column <= name.end_column and rows:
            return "\n".join([f"`{function.function}` expects of its callers:", "", *(f"- {row}" for row in rows)])
    return ""
