"""Replays as the commands and the editor ask for them: the script of a finding, a run of it, and the state that its
last run gave it."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.settings import default_store
from gnomon.analysis.replay import ReplayRefusedError, ReplayReport, folder_for, replay, save_test, script_of
from gnomon.analysis.replay.outcomes import Outcome, keep, kept, key_of, outcome_of

_NO_CALLS = "the calls that lead there are not known"


def script(finding: Finding, root: Path) -> str:
    """Raises ReplayRefusedError: some calls no script can make."""
    if finding.history is None:
        raise ReplayRefusedError(_NO_CALLS)
    try:
        return script_of(finding, finding.history, root.resolve())
    except OSError as error:
        raise ReplayRefusedError(f"its sources cannot be read: {error}") from error


def test(finding: Finding, root: Path, place: Path | None = None) -> Path:
    """Writes a test that fails now, to `place`, or where the project has its tests. Raises ReplayRefusedError."""
    if finding.history is None:
        raise ReplayRefusedError(_NO_CALLS)
    try:
        return save_test(finding, finding.history, root, folder_for(finding, root) if place is None else place)
    except OSError as error:
        raise ReplayRefusedError(f"its sources cannot be read: {error}") from error


def run(finding: Finding, root: Path) -> tuple[ReplayReport, Outcome]:
    """Compiles and runs the code of the project, and remembers what came of it. The caller has the user's leave."""
    if finding.history is None:
        report = ReplayReport("replay-refused", reason=_NO_CALLS)
        return report, outcome_of(report, "")
    before = key(finding, root)
    report = replay(finding, finding.history, root, builds())
    is_same = key(finding, root) == before  # else it is not known which code was run
    outcome = outcome_of(report, before if is_same else "")
    keep(outcome, finding, root, _outcomes(), is_lasting=report.state != "replay-refused" or report.is_unseen)
    return report, outcome


def key(finding: Finding, root: Path) -> str:
    """What a replay would run now; "" when none can be."""
    try:
        return key_of(finding, finding.history, root, script(finding, root)) if finding.history is not None else ""
    except ReplayRefusedError:
        return ""


def known(finding: Finding, root: Path) -> Outcome | None:
    """What came of the last replay, if it ran what would be run now."""
    outcome = kept(finding, root, _outcomes())
    return outcome if outcome is not None and outcome.key == key(finding, root) else None


def with_state(finding: Finding, root: Path) -> Finding:
    """The finding with the state that its last replay gave it."""
    outcome = known(finding, root)
    return outcome.given_to(finding) if outcome is not None else finding


def builds() -> Path:
    return default_store().parent / "builds"


def _outcomes() -> Path:
    return default_store().parent / "replays"
