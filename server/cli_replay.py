"""`gnomon replay`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from gnomon.analysis.checking.client import Settings
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.checking.settings import cores
from gnomon.analysis.replay import ReplayRefusedError
from gnomon.server import replays
from gnomon.server.cli_exercise import exercised_findings
from gnomon.server.cli_project import FOUND, TROUBLE, Latent, check_project, fail, need_c_files
from gnomon.server.reports.text import print_finding
from rich.console import Console


def replay_command(
    identity: Annotated[str | None, typer.Argument(metavar="ID", help="Of a finding, as `check` prints it.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every finding.")] = False,
    script: Annotated[bool, typer.Option("--script", help="Print the script, and run nothing.")] = False,
    save_test: Annotated[
        Path | None,
        typer.Option(
            "--save-test",
            metavar="PATH",
            help="Write a test for pytest that fails until the code is right, to a new file or into a folder.",
        ),
    ] = None,
    root: Annotated[Path, typer.Option(help="The project's folder.")] = Path(),
    latent: Latent = False,
) -> None:
    """Run a finding on the real code, built with sanitizers, in a sandbox, and show what they report.

    Ends with status 0 when the code failed as the finding says, 1 when it did not, 2 when it could not be run.
    """
    if (identity is None) is not every:
        fail("give the ID of a finding, or --all")
    folder = root.resolve()
    need_c_files(folder)
    result = check_project(folder, None, Settings(jobs=cores(), latent=latent))
    wanted = [f for f in result.findings if (every and f.history is not None) or f.id == identity]
    if every or not wanted:
        wanted += [f for f in exercised_findings(folder) if every or f.id == identity]
    if not wanted:
        fail(f"there is no finding {identity}" if identity else "there are no findings")
    if script:
        _print_scripts(wanted, folder)
        return
    if save_test is not None:
        _save_tests(wanted, folder, save_test)
        return
    raise typer.Exit(max(_show_replay(finding, folder, with_output=not every) for finding in wanted))


def _print_scripts(findings: list[Finding], root: Path) -> None:
    for finding in findings:
        try:
            print(replays.script(finding, root))
        except ReplayRefusedError as refused:
            fail(f"{finding.id} has no script: {refused}")


def _save_tests(findings: list[Finding], root: Path, place: Path) -> None:
    for finding in findings:
        try:
            print(replays.test(finding, root, place))
        except ReplayRefusedError as refused:
            fail(f"there is no test of {finding.id}: {refused}")


def _show_replay(finding: Finding, root: Path, with_output: bool) -> int:
    """Replays one finding and prints what came of it; the exit status that it asks for."""
    console = Console()
    report, outcome = replays.run(finding, root)
    print_finding(console, outcome.given_to(finding))
    if with_output:
        told, *_ = report.output.partition("\nShadow bytes")  # what follows is for the sanitizer's own authors
        console.print(told, markup=False, highlight=False, soft_wrap=True)
    return {"replayed": 0, "disagrees": FOUND, "replay-refused": TROUBLE}[report.state]
