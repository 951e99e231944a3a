"""`gnomon check`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from gnomon.analysis.checking.client import Settings
from gnomon.analysis.checking.finding import CheckResult, Finding
from gnomon.analysis.checking.settings import cores
from gnomon.analysis.configuration import configuration_of
from gnomon.analysis.exercise import is_exercised
from gnomon.analysis.replay import ReplayRefusedError
from gnomon.analysis.suppression import may_change
from gnomon.analysis.workspace import Snapshot
from gnomon.server import replays
from gnomon.server.baseline import (
    Baseline,
    BrokenBaselineError,
    Comparison,
    Known,
    baseline_of,
    read,
    stale_lines,
    without_known,
    written,
)
from gnomon.server.cli_exercise import exercised_project
from gnomon.server.cli_project import (
    FOUND,
    TROUBLE,
    Latent,
    Paths,
    check_project,
    fail,
    need_c_files,
    root_and_files,
    warn,
)
from gnomon.server.reports.github import github_report
from gnomon.server.reports.html import html_report
from gnomon.server.reports.json import check_report
from gnomon.server.reports.sarif import sarif_report
from gnomon.server.reports.text import print_check
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
    with_replays: Annotated[
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
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Report only what is not in it; what is in it is known."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Write what is found now: from here on it is known."),
    ] = None,
) -> None:
    """Check a project and print what fails, with the inputs.

    Ends with status 0 when nothing was found that no baseline knows (notes and hints do not count), 1 when something
    was, 2 when it could not be checked.
    """
    root, files = root_and_files(paths)
    need_c_files(root)
    snapshot = Snapshot(root, {})
    known = None if write_baseline is not None else _known(baseline, snapshot)
    settings = _settings(store, budget, jobs, latent)
    result = check_project(root, files, settings)
    is_unread = bool(result.problems) and all(function.not_lowered for function in result.functions)
    if store and not with_replays:
        result = _without_withdrawn(result, replays.with_states(result.findings, root))
    if with_replays if exercise is None else exercise:
        result = exercised_project(result, root)
    comparison = None
    if known is not None:
        may_be_stale = _may_be_stale(result, snapshot, files, settings)
        result, comparison = without_known(result, known, snapshot, may_be_stale)
    if with_replays:
        waiting = [f for f in result.findings if f.history is not None and not is_exercised(f)]
        ran = {f.id: replays.run(f, root)[1].given_to(f) for f in waiting}
        states = [ran.get(f.id, f) for f in result.findings]
        result = _without_withdrawn(result, states)
    if write_baseline is not None and not is_unread:
        result, comparison = _write(write_baseline, result, snapshot)
    _print(output, _with_scripts(result, root), snapshot, comparison, stats)
    if is_unread:
        raise typer.Exit(TROUBLE)
    raise typer.Exit(FOUND if any(finding.tier in ("error", "warning") for finding in result.findings) else 0)


def _settings(store: bool, budget: float | None, jobs: int | None, latent: bool) -> Settings:
    settings = replace(Settings() if store else Settings(store=None), jobs=jobs or cores(), latent=latent)
    if budget is None:
        return settings
    return replace(settings, budget_seconds=budget, fixed=frozenset({"budget_seconds"}))


def _known(given: Path | None, snapshot: Snapshot) -> Baseline | None:
    """The baseline by hand, or that of the project."""
    configured = configuration_of(snapshot).baseline
    if given is None and not configured:
        return None
    try:
        return read(given if given is not None else snapshot.root / configured)
    except BrokenBaselineError as broken:
        fail(str(broken))


def _may_be_stale(
    result: CheckResult, snapshot: Snapshot, files: list[str] | None, settings: Settings
) -> Callable[[Known], bool]:
    """Whether this check would have found what is known, were it still there."""
    with_hints = settings.latent or configuration_of(snapshot).latent
    open_paths = {function.path for function in result.functions if may_change(function)}
    asked = None if files is None else {snapshot.relative(file) for file in files}

    def answer(known: Known) -> bool:
        is_asked = (asked is None or known.path in asked) and (with_hints or not known.is_hint)
        is_decided = known.path not in open_paths and not any(known.path in problem for problem in result.problems)
        return is_asked and is_decided

    return answer


def _write(path: Path, result: CheckResult, snapshot: Snapshot) -> tuple[CheckResult, Comparison]:
    baseline = baseline_of(result.findings, snapshot)
    try:
        path.write_text(written(baseline), encoding="utf-8")
    except OSError as error:
        fail(f"the baseline {path} cannot be written: {error.strerror}")
    return without_known(result, baseline, snapshot, lambda _: False)


def _without_withdrawn(result: CheckResult, findings: Iterable[Finding]) -> CheckResult:
    """What the real code denies is left out, and it is said which."""
    kept, problems = [], list(result.problems)
    for finding in findings:
        if finding.is_withdrawn:
            problems.append(f"{finding.path}:{finding.line}: {finding.code} is left out: {finding.state_reason}")
        else:
            kept.append(finding)
    return replace(result, findings=tuple(kept), problems=tuple(problems))


def _with_scripts(result: CheckResult, root: Path) -> CheckResult:
    return replace(result, findings=tuple(_with_script(finding, root) for finding in result.findings))


def _with_script(finding: Finding, root: Path) -> Finding:
    """Some calls no Python script can write; such a finding has none."""
    try:
        return replace(finding, script=replays.script(finding, root))
    except ReplayRefusedError:
        return finding


def _print(
    output: ReportFormat, result: CheckResult, snapshot: Snapshot, comparison: Comparison | None, stats: bool
) -> None:
    if output is ReportFormat.text:
        print_check(Console(), result, stats, comparison)
        return
    for line in stale_lines(comparison) if comparison is not None else ():
        warn(line)
    print(_report(output, result, snapshot, comparison))


def _report(output: ReportFormat, result: CheckResult, snapshot: Snapshot, comparison: Comparison | None) -> str:
    match output:
        case ReportFormat.sarif:
            return json.dumps(sarif_report(result, snapshot, comparison), indent=2)
        case ReportFormat.html:
            return html_report(result, snapshot, comparison)
        case ReportFormat.github:
            return github_report(result, snapshot, Path.cwd())
    return json.dumps(check_report(result, comparison), indent=2)
