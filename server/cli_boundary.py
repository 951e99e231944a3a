"""`gnomon bindings`."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from gnomon.analysis.workspace import Snapshot
from gnomon.server.cli_project import Format, Paths, open_project, root_and_files, warn
from gnomon.server.reports.json import bindings_report
from gnomon.server.reports.text import print_bindings
from rich.console import Console


def bindings_command(
    paths: Paths = None,
    output: Annotated[Format, typer.Option("--format", help="text for people, json for machines")] = Format.text,
) -> None:
    """List which Python name leads to which C function.

    Ends with status 0, or 2 when the project could not be read.
    """
    root, _ = root_and_files(paths)
    facts = open_project(root)
    snapshot = Snapshot(root, {})
    if output is Format.json:
        print(json.dumps(bindings_report(snapshot, facts.boundary.bindings, facts.problems), indent=2))
        return
    print_bindings(Console(), snapshot, facts.boundary.bindings)
    for problem in facts.problems:
        warn(problem)
