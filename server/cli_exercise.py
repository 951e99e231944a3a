"""Exercising from the command line: `gnomon check --exercise`."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.finding import CheckResult
from gnomon.analysis.checking.settings import default_store
from gnomon.analysis.workspace import Snapshot
from gnomon.server.cli_project import open_project, progress
from gnomon.server.exercised import with_exercised


def exercised_project(result: CheckResult, root: Path) -> CheckResult:
    """The result with what exercising the project's extensions adds. The caller has the user's leave."""
    facts = open_project(root)
    with progress() as shown:
        task = shown.add_task("exercising", total=1.0)
        return with_exercised(
            result,
            facts,
            Snapshot.of(root),
            default_store().parent / "builds",
            lambda text, part: shown.update(task, completed=part, description=text),
        )
