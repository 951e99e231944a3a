"""`gnomon check` and `gnomon replay`."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from gnomon.analysis.checking.client import Settings
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.checking.settings import cores, default_store
from gnomon.analysis.replay import ReplayRefusedError, ReplayReport, replay, script_of
from gnomon.analysis.workspace import Snapshot
from gnomon.server.cli_exercise import exercised_project
from gnomon.server.cli_project import FOUND, TROUBLE, Latent, Paths, check_project, fail, need_c_files, root_and_files
from gnomon.server.reports.github import github_report
from gnomon.server.reports.html import html_report
from gnomon.server.reports.json import check_report
from gnomon.server.reports.sarif import sarif_report
from gnomon.server.reports.text import print_check, print_finding
from rich.console import Console


class ReportFormat(str, Enum):
    text = "text"
    json = "json"
    sarif = "sarif"
    html = "html"
    github = "github"


def check_command(
    paths: Paths = None,
    output: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="text and html for people, json for machines, sarif for code scanning, github for its workflows",
        ),
    ] = ReportFormat.text,
    replays: Annotated[
        bool, typer.Option("--replay", help="Also run every finding on the real code, in a sandbox.")
    ] = False,
    exercise: Annotated[
        bool | None,
        typer.Option(
            "--exercise/--no-exercise",
            show_default="as --replay",
            help="Also build the extensions, call them in many ways in a sandbox, and tell what fails.",
        ),
    ] = None,
    stats: Annotated[bool, typer.Option("--stats", help="Verdicts of each function, and counters.")] = False,
    store: Annotated[bool, typer.Option(help="Keep verdicts for the next run.")] = True,
    budget: Annotated[
        float | None,
        typer.Option(min=0.01, show_default="2.0", help="Seconds for one question; more decides more."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, show_default="all cores", help="Processes; the results are the same."),
    ] = None,
    latent: Latent = False,
) -> None:
    """Check a project and print what fails, with the inputs.

    Ends with status 0 when nothing was found (notes and hints do not count), 1 when something was, 2 when it could not
    be checked.
    """
    root, files = root_and_files(paths)
    need_c_files(root)
    result = _with_scripts(check_project(root, files, _settings(store, budget, jobs, latent)), root)
    if replays:
        result = _replayed_all(result, root)
    if replays if exercise is None else exercise:
        result = exercised_project(result, root)
    if output is ReportFormat.text:
        print_check(Console(), result, stats)
    else:
        print(_report(output, result, Snapshot(root, {})))
    if result.problems and all(function.not_lowered for function in result.functions):
        raise typer.Exit(TROUBLE)
    raise typer.Exit(FOUND if any(finding.tier in ("error", "warning") for finding in result.findings) else 0)


def _settings(store: bool, budget: float | None, jobs: int | None, latent: bool) -> Settings:
    settings = replace(Settings() if store else Settings(store=None), jobs=jobs or cores(), latent=latent)
    if budget is None:
        return settings
    return replace(settings, budget_seconds=budget, fixed=frozenset({"budget_seconds"}))


def _report(output: ReportFormat, result: CheckResult, snapshot: Snapshot) -> str:
    match output:
        case ReportFormat.sarif:
            return json.dumps(sarif_report(result, snapshot), indent=2)
        case ReportFormat.html:
            return html_report(result, snapshot)
        case ReportFormat.github:
            return github_report(result, snapshot, Path.cwd())
    return json.dumps(check_report(result), indent=2)


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
    """Findings that the real code denies are left out, and it is said which; what no call leads to is not run."""
    kept, problems = [], list(result.problems)
    for finding in result.findings:
        if finding.history is None:
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


def replay_command(
    identity: Annotated[str | None, typer.Argument(metavar="ID", help="Of a finding, as `check` prints it.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every finding.")] = False,
    script: Annotated[bool, typer.Option("--script", help="Print the script, and run nothing.")] = False,
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
    if not wanted:
        fail(f"there is no finding {identity}" if identity else "there are no findings")
    if script:
        try:
            for finding in wanted:
                print(_script(finding, folder))
        except ReplayRefusedError as refused:
            fail(f"{finding.id} has no script: {refused}")
        return
    raise typer.Exit(max(_show_replay(finding, folder, with_output=not every) for finding in wanted))


def _show_replay(finding: Finding, root: Path, with_output: bool) -> int:
    """Replays one finding and prints what came of it; the exit status that it asks for."""
    console = Console()
    report = _replay(finding, root)
    state = finding.state if report.state == "disagrees" else report.state
    print_finding(console, replace(finding, state=state, state_reason=report.reason))
    if with_output:
        told, *_ = report.output.partition("\nShadow bytes")  # what follows is for the sanitizer's own authors
        console.print(told, markup=False, highlight=False, soft_wrap=True)
    return {"replayed": 0, "disagrees": FOUND, "replay-refused": TROUBLE}[report.state]
