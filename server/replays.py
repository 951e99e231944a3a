"""Replays as the commands and the editor ask for them: the script of a finding, a run of it, and the state that its
last run gave it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.settings import default_store
from gnomon.analysis.replay import ReplayRefusedError, ReplayReport, folder_for, replay, save_test, script_of
from gnomon.analysis.replay.debugging import Debugging, debugging
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


def debug(finding: Finding, root: Path) -> Debugging:
    """Builds the code, and says what a debugger starts. The caller has the user's leave. Raises ReplayRefusedError."""
    if finding.history is None:
        raise ReplayRefusedError(_NO_CALLS)
    project = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    folder = default_store().parent / "debug" / f"{project}-{finding.id}"
    try:
        return debugging(finding, finding.history, root, builds(), folder)
    except OSError as error:
        raise ReplayRefusedError(f"it cannot be built here: {error}") from error


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


def known(finding: Finding, root: Path, last: Outcome | None = None) -> Outcome | None:
    """What came of the last replay, if it ran what would be run now; `last` is what somebody remembers of it."""
    outcomes = [outcome for outcome in (kept(finding, root, _outcomes()), last) if outcome is not None]
    now = key(finding, root) if outcomes else ""
    return next((outcome for outcome in outcomes if outcome.key == now), None)


def with_state(finding: Finding, root: Path) -> Finding:
    """The finding with the state that its last replay gave it."""
    outcome = known(finding, root)
    return outcome.given_to(finding) if outcome is not None else finding


def builds() -> Path:
    return default_store().parent / "builds"


def _outcomes() -> Path:
    return default_store().parent / "replays"
