"""Exercising from the command line: `gnomon check --exercise`."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.workspace import Snapshot
from gnomon.server.cli_project import open_project, progress
from gnomon.server.exercised import planned, remembered_of, run, with_exercised
from gnomon.server.replays import builds


def exercised_findings(root: Path) -> list[Finding]:
    """What it found the last time; nothing is run."""
    return list(remembered_of(planned(open_project(root), Snapshot.of(root).root), builds()).findings)


def exercised_project(result: CheckResult, root: Path) -> CheckResult:
    """The result with what exercising the project's extensions adds. The caller has the user's leave."""
    wanted = planned(open_project(root), Snapshot.of(root).root)
    with progress() as shown:
        task = shown.add_task("exercising", total=1.0)
        told = run(wanted, builds(), lambda text, part: shown.update(task, completed=part, description=text))
    return with_exercised(result, told)
