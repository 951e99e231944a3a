"""What the marks in extensions of Python say is true: the real interpreter runs them, built with sanitizers.

Each marked mistake shows itself in one of the runs as a replay of it would have to, and nothing in those of the twin
without it. `GNOMON_TRUTH=all` asks every program; else every third pair is asked.
"""

from __future__ import annotations

import ast
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.checking.python_calls import Given, PythonCall
from gnomon.analysis.checking.python_values import Plain
from gnomon.analysis.replay.extension_scripts import extension_body
from gnomon.analysis.replay.replaying import run_script
from gnomon.analysis.replay.report import ReplayReport
from marks import Mark
from programs import Program, programs

EVERY = 1 if os.environ.get("GNOMON_TRUTH") == "all" else 3
TWIN = "_fixed"
FAILING = {  # at the end of a run, and what it stands for
    "# while allocations fail": "an allocation of the interpreter fails",
    "# while malloc fails": "allocation fails",
}

NAMED = ("made", "taken")  # objects of earlier statements

EXTENSIONS = {program.name: program for program in programs() if program.module}
WRONG = [program for program in EXTENSIONS.values() if program.marks]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")]


def calls_of_run(command: str) -> list[PythonCall]:
    """Statements as calls: "made = m.T(1); made.f([1])"."""
    calls = []
    for number, statement in enumerate(ast.parse(command).body):
        makes = ast.unparse(statement).startswith("made = ")
        if not isinstance(statement, ast.Expr | ast.Assign) or not (makes or isinstance(statement, ast.Expr)):
            calls.append(PythonCall(number, ast.unparse(statement), ()))  # del made[0], view = memoryview(made)
            continue
        value = statement.value
        if isinstance(value, ast.Call):
            texts = [ast.unparse(argument) for argument in value.args]
            given = tuple(Given(Plain(text)) for text in texts if text not in NAMED)
            places = iter(f"{{{i}}}" for i in range(len(given)))
            written = ", ".join(text if text in NAMED else next(places) for text in texts)
            calls.append(PythonCall(number, f"{ast.unparse(value.func)}({written})", given, makes))
        else:
            calls.append(PythonCall(number, ast.unparse(value), (), makes))
    return calls


def finding_of(mark: Mark, root: Path, path: str, run: str) -> Finding:
    """As if it were found where the mark stands, by the run."""
    above = (root / path).read_text().splitlines()[: mark.line]
    function = next(line.split("(")[0].split()[-1].lstrip("*") for line in reversed(above) if line.startswith("static"))
    failing = tuple(InputValue(name, 1, 0, "integer") for end, name in FAILING.items() if run.endswith(end))
    finding = Finding("f00", mark.code, "error", "confirmed", "", path, mark.line, 1, function, "", failing, ())
    return replace(finding, demand="defined.given") if mark.code == "defined.read" else finding


def replays(program: Program, mark: Mark, root: Path) -> list[ReplayReport]:
    """Of each run, as if it were the one that shows the mark."""
    (source,) = program.files
    shutil.copy(source, root)
    entry = Entry("", "capi", (), program.module, sources=(source.name,))
    findings = [replace(finding_of(mark, root, source.name, run), history=entry) for run in program.runs]
    scripts = [
        extension_body(finding, program.module, calls_of_run(run))
        for finding, run in zip(findings, program.runs, strict=True)
    ]
    cache = root / "cache"
    return [run_script(one, entry, root, cache, script) for one, script in zip(findings, scripts, strict=True)]


@pytest.mark.parametrize("program", WRONG[::EVERY], ids=lambda program: program.name)
def test_marks_are_true(program: Program, tmp_path: Path) -> None:
    for mark in program.marks:
        reports = replays(program, mark, tmp_path)
        assert "replayed" in [report.state for report in reports], [report.output for report in reports]


@pytest.mark.parametrize("program", WRONG[::EVERY], ids=lambda program: program.name)
def test_twins_are_right(program: Program, tmp_path: Path) -> None:
    twin = EXTENSIONS[program.name + TWIN]
    for mark in program.marks:
        for report in replays(twin, mark, tmp_path):
            assert report.state != "replayed"
            assert "ERROR:" not in report.output
            assert "SystemError" not in report.output
            assert "runtime error" not in report.output
