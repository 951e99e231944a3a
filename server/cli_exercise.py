"""Exercising from the command line: `gnomon check --exercise`."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.workspace import Snapshot
from gnomon.server.cli_project import open_project, progress
from gnomon.server.exercised import remembered_of, with_exercised
from gnomon.server.replays import builds


def exercised_findings(root: Path) -> list[Finding]:
    """What it found the last time; nothing is run."""
    return remembered_of(open_project(root), Snapshot.of(root), builds())


def exercised_project(result: CheckResult, root: Path) -> CheckResult:
    """The result with what exercising the project's extensions adds. The caller has the user's leave."""
    facts = open_project(root)
    with progress() as shown:
        task = shown.add_task("exercising", total=1.0)
        return with_exercised(
            result,
            facts,
            Snapshot.of(root),
            builds(),
            lambda text, part: shown.update(task, completed=part, description=text),
        )
