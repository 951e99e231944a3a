"""What exercising a project's extensions finds, as the project wants it shown, beside what a check of it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gnomon.analysis.checking.facts import WorkspaceFacts
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.configuration import configuration_of
from gnomon.analysis.exercise import SECONDS, Exercise, Exercised, exercise, plan, remembered
from gnomon.analysis.suppression import shown
from gnomon.analysis.workspace import Snapshot

Told = Callable[[str, float], None]

_BY_FUNCTION = ("owner.leak", "lifetime.leak", "slot.traverse")
_MISMATCH, _OF_MISMATCH = "type.mismatch", ("bounds.read", "bounds.write", "null.deref", "null.argument")


def planned(facts: WorkspaceFacts, root: Path) -> Exercise:
    return plan(Snapshot(root, {}), facts.boundary.bindings, facts.sources)


def run(planned: Exercise, cache: Path, told: Told, seconds: float = SECONDS) -> Exercised:
    """The caller has the user's leave: this compiles and runs the project's code."""
    return _as_wanted(exercise(planned, Snapshot(planned.root, {}), cache, seconds, told), planned.root)


def remembered_of(planned: Exercise, cache: Path, seconds: float = SECONDS) -> Exercised:
    """What exercising found the last time, as long as the sources are the same; nothing is run."""
    return _as_wanted(remembered(planned, Snapshot(planned.root, {}), cache, seconds), planned.root)


def beside(exercised: Iterable[Finding], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the check found at the same place comes first."""
    known = {place for finding in findings for place in _places(finding)}
    return tuple(finding for finding in exercised if known.isdisjoint(_places(finding)))


def with_exercised(result: CheckResult, exercised: Exercised) -> CheckResult:
    added = beside(exercised.findings, result.findings)
    return replace(result, findings=(*result.findings, *added), problems=(*result.problems, *exercised.problems))


def _as_wanted(exercised: Exercised, root: Path) -> Exercised:
    """Only files with findings are read for comments that silence them."""
    files = dict.fromkeys(str(root / finding.path) for finding in exercised.findings)
    snapshot = Snapshot(root, {}, c_files=tuple(files))
    return replace(exercised, findings=shown(exercised.findings, snapshot, configuration_of(snapshot)))


def _places(finding: Finding) -> Iterator[tuple[str, int | str, str]]:
    """Of what is lost or not visited, and of what is not of the type that it is taken for, running tells in which
    function, and not always where; of the latter it also tells what came of it."""
    yield finding.path, finding.line, finding.code
    if finding.code in (*_BY_FUNCTION, _MISMATCH) and finding.function:
        yield finding.path, finding.function, finding.code
    if finding.code == _MISMATCH:
        yield from ((finding.path, finding.line, code) for code in _OF_MISMATCH)
