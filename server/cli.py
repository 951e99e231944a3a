"""The `gnomon` command."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from gnomon.analysis.checking.client import Client, Settings, WorkerDied, WorkerFailed
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.checking.settings import default_store
from gnomon.analysis.replay import ReplayRefusedError, ReplayReport, replay, script_of
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


Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="A project's folder (the default is the current one), or files of the current project."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json for machines")]


def _root_and_files(paths: list[Path] | None) -> tuple[Path, list[str] | None]:
    """One folder is the project; files restrict what is reported of the current folder."""
    given = paths or []
    for path in given:
        if not path.exists():
            _fail(f"{path} does not exist")
    if len(given) <= 1 and all(path.is_dir() for path in given):
        return (given[0] if given else Path()).resolve(), None
    root = Path.cwd()
    folders = [path for path in given if path.is_dir()]
    files = [path for path in given if not path.is_dir()] + [f for folder in folders for f in folder.rglob("*.c")]
    snapshot = Snapshot.of(root)
    for path in files:
        if not snapshot.contains(str(path.resolve())):
            _fail(f"{path} is not a file of the project in {root}; run gnomon in the folder of its project")
    return root, [str(file.resolve()) for file in files]


def _fail(message: str) -> NoReturn:
    Console(stderr=True).print(f"gnomon: {message}", style="red", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(TROUBLE)


def _need_c_files(root: Path) -> None:
    if not root.is_dir():
        _fail(f"{root} is not a folder")
    if not Snapshot.of(root).c_files:
        _fail(f"there are no C files in {root}: nothing to check")


def _check(root: Path, files: list[str] | None, settings: Settings, shows_progress: bool) -> CheckResult:
    client = Client(root, settings)
    try:
        with Progress(console=Console(stderr=True), transient=True, disable=not shows_progress) as progress:
            task = progress.add_task("checking", total=1.0)
            return client.check({}, files, lambda text, part: progress.update(task, completed=part, description=text))
    except (WorkerDied, WorkerFailed) as error:
        _fail(str(error))
    finally:
        client.close()


def _with_scripts(result: CheckResult, root: Path) -> CheckResult:
    return replace(result, findings=tuple(_with_script(finding, root) for finding in result.findings))


def _with_script(finding: Finding, root: Path) -> Finding:
    """Some calls no Python script can write; such a finding has none."""
    try:
        return replace(finding, script=_script(finding, root))
    except ReplayRefusedError:
        return finding


def _script(finding: Finding, root: Path) -> str:
    if finding.history is None:
        raise ReplayRefusedError("the calls that lead there are not known")
    try:
        return script_of(finding, finding.history, root)
    except OSError as error:
        raise ReplayRefusedError(f"its sources cannot be read: {error}") from error


def _replayed_all(result: CheckResult, root: Path) -> CheckResult:
    """Findings that the real code denies are left out, and it is said which."""
    kept, problems = [], list(result.problems)
    for finding in result.findings:
        if finding.is_contract:
            kept.append(finding)
            continue
        report = _replay(finding, root)
        if report.state == "disagrees":
            problems.append(f"{finding.path}:{finding.line}: {finding.code} is left out: {report.reason}")
        else:
            kept.append(replace(finding, state=report.state, state_reason=report.reason))
    return replace(result, findings=tuple(kept), problems=tuple(problems))


def _replay(finding: Finding, root: Path) -> ReplayReport:
    if finding.history is None:
        return ReplayReport("replay-refused", reason="the calls that lead there are not known")
    return replay(finding, finding.history, root, default_store().parent / "builds")


@app.command()
def check(
    paths: Paths = None,
    output: FormatOption = Format.text,
    replays: Annotated[
        bool, typer.Option("--replay", help="Also run every finding on the real code, in a sandbox.")
    ] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Verdicts of each function, and counters.")] = False,
    store: Annotated[bool, typer.Option(help="Keep verdicts for the next run.")] = True,
    budget: Annotated[float, typer.Option(min=0.01, help="Seconds for one question; more decides more.")] = 2.0,
) -> None:
    """Check a project and print what fails, with the inputs.

    Ends with status 0 when nothing was found, 1 when something was, 2 when it could not be checked.
    """
    root, files = _root_and_files(paths)
    _need_c_files(root)
    settings = Settings(budget_seconds=budget) if store else Settings(store=None, budget_seconds=budget)
    result = _with_scripts(_check(root, files, settings, output is Format.text and sys.stderr.isatty()), root)
    if replays:
        result = _replayed_all(result, root)
    if output is Format.json:
        print(json.dumps(check_report(result), indent=2))
    else:
        print_check(Console(), result, stats)
    if result.problems and all(function.not_lowered for function in result.functions):
        raise typer.Exit(TROUBLE)
    raise typer.Exit(FOUND if result.findings else 0)


@app.command()
def bindings(paths: Paths = None, output: FormatOption = Format.text) -> None:
    """List which Python name leads to which C function.

    Ends with status 0, or 2 when the project could not be read.
    """
    root, _ = _root_and_files(paths)
    client = Client(root, Settings(store=None))
    try:
        facts = client.open({})
    except (WorkerDied, WorkerFailed) as error:
        _fail(str(error))
    finally:
        client.close()
    snapshot = Snapshot(root, {})
    if output is Format.json:
        print(json.dumps(bindings_report(snapshot, facts.boundary.bindings, facts.problems), indent=2))
    else:
        print_bindings(Console(), snapshot, facts.boundary.bindings)
        for problem in facts.problems:
            Console(stderr=True).print(
                f"problem: {problem}", style="yellow", highlight=False, markup=False, soft_wrap=True
            )


@app.command("replay")
def replay_command(
    identity: Annotated[str | None, typer.Argument(metavar="ID", help="Of a finding, as `check` prints it.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every finding.")] = False,
    script: Annotated[bool, typer.Option("--script", help="Print the script, and run nothing.")] = False,
    root: Annotated[Path, typer.Option(help="The project's folder.")] = Path(),
) -> None:
    """Run a finding on the real code, built with sanitizers, in a sandbox, and show what they report.

    Ends with status 0 when the code failed as the finding says, 1 when it did not, 2 when it could not be run.
    """
    if (identity is None) is not every:
        _fail("give the ID of a finding, or --all")
    folder = root.resolve()
    _need_c_files(folder)
    result = _check(folder, None, Settings(), sys.stderr.isatty())
    wanted = [finding for finding in result.findings if every or finding.id == identity]
    if not wanted:
        _fail(f"there is no finding {identity}" if identity else "there are no findings")
    if script:
        try:
            for finding in wanted:
                print(_script(finding, folder))
        except ReplayRefusedError as refused:
            _fail(f"{finding.id} has no script: {refused}")
        return
    status = 0
    console = Console()
    for finding in wanted:
        report = _replay(finding, folder)
        state = finding.state if report.state == "disagrees" else report.state
        print_finding(console, replace(finding, state=state, state_reason=report.reason))
        if not every:
            told, *_ = report.output.partition("\nShadow bytes")  # what follows is for the sanitizer's own authors
            console.print(told, markup=False, highlight=False, soft_wrap=True)
        status = max(status, {"replayed": 0, "disagrees": FOUND, "replay-refused": TROUBLE}[report.state])
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
