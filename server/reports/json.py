"""Machine-readable reports. Others parse them: `schema` counts incompatible changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from gnomon.analysis.boundary.binding import Binding
from gnomon.analysis.checking.finding import CheckResult, Finding, FunctionVerdicts, Value, input_names
from gnomon.analysis.checking.python_calls import told_inputs
from gnomon.analysis.checking.values import written
from gnomon.analysis.workspace import Snapshot
from gnomon.server.baseline import Comparison

SCHEMA = 1


def check_report(result: CheckResult, comparison: Comparison | None = None) -> dict[str, Any]:
    """The object that `gnomon check --format json` prints."""
    reasons: Counter[str] = Counter()
    for function in result.functions:
        reasons.update(function.reasons)
    return {
        "schema": SCHEMA,
        "findings": [_finding(finding) for finding in result.findings],
        "verdicts": {
            "proved": sum(f.proved for f in result.functions),
            "refuted": sum(f.refuted for f in result.functions),
            "undecided": sum(f.undecided for f in result.functions),
            "undecided_reasons": dict(reasons.most_common()),
        },
        "functions": [_function(function) for function in result.functions],
        "stats": {
            "seconds": result.statistics.seconds,
            "solver_queries": result.statistics.solver_queries,
            "slices_solved": result.statistics.slices_solved,
            "slices_reused": result.statistics.slices_reused,
            "functions_lowered": result.statistics.functions_lowered,
            "peak_memory_mb": result.statistics.peak_memory_mb,
            "solver_cache_hits": result.statistics.solver_cache_hits,
            "solver_seconds": result.statistics.solver_seconds,
            "phases": result.statistics.phases,
        },
        "problems": list(result.problems),
        **({"baseline": _baseline(comparison)} if comparison is not None else {}),
    }


def _baseline(comparison: Comparison) -> dict[str, Any]:
    """How many findings are known, and so not told; and what of the baseline is there no more."""
    return {
        "known": comparison.known,
        "stale": [
            {"path": k.path, "function": k.function, "code": k.code, "text": k.text, "count": count}
            for k, count in sorted(comparison.stale.items())
        ],
    }


def named_inputs(finding: Finding, show: Callable[[Value], str] = written) -> dict[str, str]:
    """Values by name, as Python writes them."""
    inputs = told_inputs(finding.inputs, finding.history)
    told = [value for value in inputs if not value.name.startswith("#") and value.kind != "opaque"]
    return {name: show(value.value) for name, value in zip(input_names(told), told, strict=True)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "code": finding.code,
        "tier": finding.tier,
        "state": finding.state,
        "state_reason": finding.state_reason,
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "function": finding.function,
        "entry": finding.entry,
        "inputs": named_inputs(finding),
        "steps": [{"path": s.path, "line": s.line, "text": s.text, "values": s.values} for s in finding.steps],
        "script": finding.script,
    }


def _function(function: FunctionVerdicts) -> dict[str, Any]:
    return {
        "path": function.path,
        "function": function.function,
        "proved": function.proved,
        "refuted": function.refuted,
        "undecided": function.undecided,
        "not_lowered": function.not_lowered,
    }


def bindings_report(snapshot: Snapshot, bindings: Iterable[Binding], problems: Iterable[str] = ()) -> dict[str, Any]:
    """The object that `gnomon bindings --format json` prints."""
    return {
        "schema": SCHEMA,
        "bindings": [
            {
                "python": binding.python,
                "kind": binding.kind,
                "native": binding.native,
                "path": snapshot.relative(binding.definition.path) if binding.definition else "",
                "line": binding.definition.line if binding.definition else 0,
                "signature": binding.signature,
                "truth": binding.truth,
            }
            for binding in bindings
        ],
        "problems": list(problems),
    }
