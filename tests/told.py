"""What a check tells, in a form that can be compared."""

from __future__ import annotations

from gnomon.analysis.checking.finding import CheckResult


def told(result: CheckResult) -> object:
    findings = sorted((f.path, f.line, f.column, f.code) for f in result.findings)
    functions = sorted(
        (f.function, f.line, f.proved, f.refuted, f.undecided, tuple(sorted(f.reasons.items())))
        for f in result.functions
    )
    checks = sorted((c.line, c.column, c.code, c.answer, c.reason) for f in result.functions for c in f.checks())
    return findings, functions, checks
