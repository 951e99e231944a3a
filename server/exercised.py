"""What exercising a project's extensions adds to a check of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.configuration import configuration_of
from gnomon.analysis.exercise import SECONDS, exercise, plan, remembered
from gnomon.analysis.suppression import shown
from gnomon.analysis.workspace import Snapshot


def with_exercised(
    result: CheckResult,
    facts: WorkspaceFacts,
    snapshot: Snapshot,
    cache: Path,
    told: Callable[[str, float], None],
    seconds: float = SECONDS,
) -> CheckResult:
    """The caller has the user's leave to run the project's code. What the check found at the same place comes first."""
    planned = plan(snapshot, facts.boundary.bindings, facts.sources)
    exercised = exercise(planned, snapshot, cache, seconds, told)
    known = {_place(finding) for finding in result.findings}
    added = {_place(finding): finding for finding in shown(exercised.findings, snapshot, configuration_of(snapshot))}
    fresh = tuple(finding for place, finding in added.items() if place not in known)
    return replace(result, findings=(*result.findings, *fresh), problems=(*result.problems, *exercised.problems))


def remembered_of(facts: WorkspaceFacts, snapshot: Snapshot, cache: Path, seconds: float = SECONDS) -> list[Finding]:
    """What exercising found the last time, as long as the sources are the same."""
    planned = plan(snapshot, facts.boundary.bindings, facts.sources)
    return list(shown(remembered(planned, snapshot, cache, seconds), snapshot, configuration_of(snapshot)))


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.line, finding.code
