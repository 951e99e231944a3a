"""Replays as the commands and the editor ask for them: the script of a finding, a run of it, and the state that its
last run gave it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.settings import default_store
from gnomon.analysis.exercise import is_exercised, run_again
from gnomon.analysis.replay import ReplayRefusedError, ReplayReport, folder_for, replay, save_test, script_of
from gnomon.analysis.replay.builds import Contents
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
    if is_exercised(finding):
        report = run_again(finding, root, builds())
    else:
        report = replay(finding, finding.history, root, builds())
    is_same = key(finding, root) == before  # else it is not known which code was run
    outcome = outcome_of(report, before if is_same else "")
    keep(outcome, finding, root, _outcomes(), is_lasting=report.state != "replay-refused" or report.is_unseen)
    return report, outcome


def key(finding: Finding, root: Path, contents: Contents | None = None) -> str:
    """What a replay would run now; "" when none can be."""
    if finding.history is None:
        return ""
    try:
        return key_of(finding, finding.history, root, script(finding, root), contents)
    except ReplayRefusedError:
        return ""


def known(findings: Iterable[Finding], root: Path, session: Mapping[str, Outcome] | None = None) -> dict[str, Outcome]:
    """What came of the last replays, by the ids of findings, where they ran what would be run now. `session` is what
    somebody remembers of it besides."""
    found: dict[str, Outcome] = {}
    contents: Contents = {}
    for finding in findings:
        last = (kept(finding, root, _outcomes()), (session or {}).get(finding.id))
        outcomes = [outcome for outcome in last if outcome is not None]
        now = key(finding, root, contents) if outcomes else ""
        current = next((outcome for outcome in outcomes if outcome.key == now), None)
        if current is not None:
            found[finding.id] = current
    return found


def with_states(findings: Sequence[Finding], root: Path) -> list[Finding]:
    """The findings with the states that their last replays gave them."""
    outcomes = known([finding for finding in findings if finding.history is not None], root)
    return [outcomes[f.id].given_to(f) if f.id in outcomes and f.history is not None else f for f in findings]


def builds() -> Path:
    return default_store().parent / "builds"


def _outcomes() -> Path:
    return default_store().parent / "replays"
