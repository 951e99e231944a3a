"""`gnomon explain`: what was decided at a line, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from gnomon.analysis.checking.client import Settings
from gnomon.analysis.checking.finding import Check, CheckResult, FunctionVerdicts
from gnomon.analysis.checking.settings import cores
from gnomon.analysis.navigation.checks import ORDER, check_text
from gnomon.analysis.navigation.expectations import expectations
from gnomon.analysis.workspace import project_of
from gnomon.server import replays
from gnomon.server.cli_project import Latent, check_project, fail
from gnomon.server.reports.text import print_finding
from rich.console import Console


def explain_command(
    place: Annotated[str, typer.Argument(metavar="FILE:LINE", help="A line of a C file, or of a file with a finding.")],
    root: Annotated[Path | None, typer.Option(help="The project's folder, where it is not the usual one.")] = None,
    latent: Latent = False,
) -> None:
    """Print the verdict of every check on a line, with its reason, and the whole witness of what fails there, also of
    what was withdrawn since its replay disagrees; where a function begins, also what it expects of its callers.

    Ends with status 0 when something is known of the line, 2 when nothing is.
    """
    path, number = _place(place)
    folder = root.resolve() if root is not None else _project(path)
    if not path.resolve().is_relative_to(folder):
        fail(f"{path} is not a file of the project in {folder}")
    relative = path.resolve().relative_to(folder).as_posix()
    result = check_project(folder, None, Settings(jobs=cores(), latent=latent))
    result = replace(result, findings=tuple(replays.with_states(result.findings, folder)))
    if not _print(Console(), result, relative, number):
        fail(f"nothing is checked at {relative}:{number}{_why_not(result, relative, number)}")


def _place(text: str) -> tuple[Path, int]:
    name, _, number = text.rpartition(":")
    if not name or not number.isdigit():
        fail(f"{text} is not a place: give FILE:LINE, as in src/ring.c:12")
    path = Path(name)
    if not path.is_file():
        fail(f"{path} does not exist")
    return path, int(number)


def _project(path: Path) -> Path:
    here = Path.cwd()
    return here if path.resolve().is_relative_to(here) else project_of(str(path.resolve()))


def _print(console: Console, result: CheckResult, path: str, line: int) -> bool:
    """Whether there was anything to print."""
    checks = [c for f in result.functions for c in f.checks(line=line) if c.path == path]
    by_text: dict[tuple[int, str], list[Check]] = {}
    for check in checks:
        by_text.setdefault((check.column, check.text), []).append(check)
    for (column, text), listed in by_text.items():
        console.print(
            f"{path}:{line}:{column}: {' '.join(text.split())}", markup=False, highlight=False, soft_wrap=True
        )
        rows = dict.fromkeys(check_text(check) for check in sorted(listed, key=lambda c: ORDER.index(c.answer)))
        for row in rows:
            console.print(f"    {row}", markup=False, highlight=False, soft_wrap=True)
    begun = [f for f in result.functions if (f.path, f.line) == (path, line)]
    expected = {f.function: told for f in begun if (told := expectations(f, result.findings))}
    for function, told in expected.items():
        text = "\n    ".join([f"{function} expects of its callers:", *told])
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    found = [finding for finding in result.findings if (finding.path, finding.line) == (path, line)]
    for finding in found:
        print_finding(console, finding)
    return bool(checks or found or expected)


def _why_not(result: CheckResult, path: str, line: int) -> str:
    """The function that the line is in may not have been read."""
    before = [f for f in result.functions if f.path == path and f.line <= line]
    function = max(before, key=lambda f: f.line, default=None)
    return f": {_function(function)}" if function is not None else ""


def _function(function: FunctionVerdicts) -> str:
    if function.not_lowered:
        return f"{function.function} is not modelled ({function.not_lowered})"
    return f"no domain demands anything here; {function.function} begins at line {function.line}"
