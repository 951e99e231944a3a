"""The `gnomon` command."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from gnomon.analysis.checking.client import Client, Settings, WorkerDied, WorkerFailed
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.replay import replay, script_of
from gnomon.analysis.workspace import Snapshot
from gnomon.server.reports.json import bindings_report, check_report
from gnomon.server.reports.text import print_bindings, print_check, print_finding
from rich.console import Console
from rich.progress import Progress

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

FOUND, TROUBLE = 1, 2


class Format(str, Enum):
    text = "text"
    json = "json"


Paths = Annotated[list[Path] | None, typer.Argument(help="A project folder, or files of the current one.")]
FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json for machines")]


def _root_and_files(paths: list[Path] | None) -> tuple[Path, list[str] | None]:
    """One folder is the project; files restrict what is reported of the current folder."""
    given = paths or []
    for path in given:
        if not path.exists():
            _fail(f"{path} does not exist")
    if len(given) == 1 and given[0].is_dir():
        return given[0].resolve(), None
    folders = [path for path in given if path.is_dir()]
    files = [path for path in given if path.is_file()] + [file for folder in folders for file in folder.rglob("*.c")]
    return Path.cwd(), [str(file.resolve()) for file in files] if given else None


def _fail(message: str) -> None:
    Console(stderr=True).print(f"gnomon: {message}", style="red", highlight=False)
    raise typer.Exit(TROUBLE)


def _check(root: Path, files: list[str] | None, settings: Settings, shows_progress: bool) -> CheckResult:
    client = Client(root, settings)
    try:
        with Progress(console=Console(stderr=True), transient=True, disable=not shows_progress) as progress:
            task = progress.add_task("checking", total=1.0)
            return client.check({}, files, lambda text, part: progress.update(task, completed=part, description=text))
    except (WorkerDied, WorkerFailed) as error:
        _fail(str(error))
        raise
    finally:
        client.close()


def _with_scripts(result: CheckResult, root: Path) -> CheckResult:
    scripted = [replace(f, script=script_of(f, f.history, root)) if f.history else f for f in result.findings]
    return replace(result, findings=tuple(scripted))


def _replayed(finding: Finding, root: Path) -> Finding | None:
    """The finding with what the real code did; None when it did not fail."""
    if finding.history is None:
        return finding
    cache = Path(typer.get_app_dir("gnomon")).parent.parent / ".cache" / "gnomon" / "builds"
    report = replay(finding, finding.history, root, cache)
    if report.state == "disagrees":
        return None
    return replace(finding, state=report.state, state_reason=report.reason)


@app.command()
def check(
    paths: Paths = None,
    output: FormatOption = Format.text,
    replays: Annotated[bool, typer.Option("--replay", help="Build with sanitizers and run every finding.")] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Verdicts of each function, and counters.")] = False,
    store: Annotated[bool, typer.Option(help="Keep verdicts for the next run.")] = True,
    budget: Annotated[float, typer.Option(help="Seconds for one slice.")] = 2.0,
) -> None:
    """Check a project and print what fails, with the inputs.

    Ends with status 0 when nothing was found, 1 when something was, 2 when it could not be checked.
    """
    root, files = _root_and_files(paths)
    settings = Settings(budget_seconds=budget) if store else Settings(store=None, budget_seconds=budget)
    result = _with_scripts(_check(root, files, settings, output is Format.text and sys.stderr.isatty()), root)
    if replays:
        kept = [shown for finding in result.findings if (shown := _replayed(finding, root)) is not None]
        result = replace(result, findings=tuple(kept))
    if output is Format.json:
        print(json.dumps(check_report(result), indent=2))
    else:
        print_check(Console(), result, stats)
    if not result.functions and result.problems:
        raise typer.Exit(TROUBLE)
    raise typer.Exit(FOUND if result.findings else 0)


@app.command()
def bindings(paths: Paths = None, output: FormatOption = Format.text) -> None:
    """List which Python name leads to which C function."""
    root, _ = _root_and_files(paths)
    client = Client(root, Settings(store=None))
    try:
        facts = client.open({})
    except (WorkerDied, WorkerFailed) as error:
        _fail(str(error))
        raise
    finally:
        client.close()
    snapshot = Snapshot(root, {})
    if output is Format.json:
        print(json.dumps(bindings_report(snapshot, facts.boundary.bindings), indent=2))
    else:
        print_bindings(Console(), snapshot, facts.boundary.bindings)
        for problem in facts.problems:
            Console(stderr=True).print(f"problem: {problem}", style="yellow", highlight=False)


@app.command("replay")
def replay_command(
    identity: Annotated[str | None, typer.Argument(metavar="ID", help="Of a finding, as `check` prints it.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every finding.")] = False,
    root: Annotated[Path, typer.Option(help="The project's folder.")] = Path(),
) -> None:
    """Run a finding on the real code: sanitizer build, scratch folder, sandbox.

    Ends with status 0 when the code failed as the finding says, 1 when it did not, 2 when it could not be run.
    """
    if (identity is None) is not every:
        _fail("give the ID of a finding, or --all")
    folder = root.resolve()
    result = _check(folder, None, Settings(), sys.stderr.isatty())
    wanted = [finding for finding in result.findings if every or finding.id == identity]
    if not wanted:
        _fail(f"there is no finding {identity}" if identity else "there are no findings")
    status = 0
    console = Console()
    for finding in wanted:
        shown = _replayed(finding, folder)
        print_finding(console, shown or replace(finding, state_reason="the real code did not fail there"))
        status = max(status, 1 if shown is None else TROUBLE if shown.state == "replay-refused" else 0)
    raise typer.Exit(status)


@app.command()
def serve(stdio: Annotated[bool, typer.Option("--stdio", help="The default, and the only way.")] = True) -> None:
    """Run the language server on standard input and output."""
    from gnomon.server.app import create_server

    create_server().start_io()


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"gnomon {version('gnomon')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Gnomon: where Python meets C, checked with inputs that a person can run."""


def main() -> None:
    app()
