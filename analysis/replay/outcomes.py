"""What came of replays, kept while the script and all that is built for it stay as they were.

A file for each finding of each project, in a folder that anybody may delete at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import cast, get_args

from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding, State
from gnomon.analysis.replay.builds import Contents, digest, flavour_of
from gnomon.analysis.replay.driver import is_driven_by_c
from gnomon.analysis.replay.interpreters import debug_build
from gnomon.analysis.replay.report import ReplayRefusedError, ReplayReport, ReplayState

_STATES: dict[ReplayState, State] = {
    "replayed": "replayed",
    "replay-refused": "replay-refused",
    "disagrees": "replay-disagrees",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of the last replay of a finding, for `key`: what was run, "" where that cannot be said."""

    state: ReplayState
    reason: str
    key: str

    def given_to(self, finding: Finding) -> Finding:
        return replace(finding, state=_STATES[self.state], state_reason=self.reason)


def key_of(finding: Finding, entry: Entry, root: Path, script: str, contents: Contents | None = None) -> str:
    """A digest of all that a replay depends on: the script, the code, its flags, the tools; "" where it cannot be
    built. `contents`: see `builds.digest`."""
    root = root.resolve()
    try:
        driver = script if is_driven_by_c(finding, entry, root) else ""
        built = digest(entry, root, flavour_of(finding), driver, contents if contents is not None else {})
    except (ReplayRefusedError, OSError):
        return ""
    interpreters = (sys.executable, sys.version, debug_build())
    words = (finding.code, finding.path, str(finding.line), finding.demand, script, built, *interpreters)
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def outcome_of(report: ReplayReport, key: str) -> Outcome:
    return Outcome(report.state, report.reason, key)


def keep(outcome: Outcome, finding: Finding, root: Path, folder: Path, is_lasting: bool) -> None:
    """Also forgets what came of the one before. `is_lasting`: it says something of the code, not of this machine."""
    place = _place(finding, root, folder)
    if not (is_lasting and outcome.key):
        place.unlink(missing_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, scratch = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(outcome), file)
    Path(scratch).replace(place)


def kept(finding: Finding, root: Path, folder: Path) -> Outcome | None:
    """What came of the last replay, whatever was run then: its key says."""
    try:
        given = json.loads(_place(finding, root, folder).read_text(encoding="utf-8"))
        state, reason, key = given["state"], given["reason"], given["key"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_whole = state in get_args(ReplayState) and isinstance(reason, str) and isinstance(key, str)
    return Outcome(cast(ReplayState, state), reason, key) if is_whole else None


def _place(finding: Finding, root: Path, folder: Path) -> Path:
    project = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return folder / f"{project}-{finding.id}.json"
