"""Exercising a small extension: each of its mistakes is found by calls that a person can make, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.exercise import Exercise, Exercised, building, exercise, folder_of, plan, run_again
from gnomon.analysis.exercise.failure import Failure, failures_of
from gnomon.analysis.exercise.script import script_text
from gnomon.analysis.exercise.symbols import symbolised
from gnomon.analysis.exercise.unstripped import path_without_stripping
from gnomon.analysis.exercise.verdict import Place, Verdict, verdict_of
from gnomon.analysis.replay import ReplayRefusedError
from gnomon.analysis.workspace import Snapshot
from gnomon.server.cli_project import open_project

HERE = Path(__file__).parent
SECONDS = 12.0
_MARK = re.compile(r"//~ (?P<codes>[\w.\- ]+?)(?:: (?P<function>\w+))?$")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("builds")


def exercised(root: Path, cache: Path) -> Exercised:
    facts, snapshot = open_project(root), Snapshot.of(root)
    planned = plan(snapshot, facts.boundary.bindings, facts.sources)
    return exercise(planned, snapshot, cache, SECONDS, lambda text, part: None)


def marked(source: str) -> set[tuple[str, int | str]]:
    """Codes with their lines, or with the function that they are told of as a whole."""
    found: set[tuple[str, int | str]] = set()
    for number, line in enumerate(source.splitlines(), 1):
        if match := _MARK.search(line):
            found |= {(code, match["function"] or number) for code in match["codes"].split()}
    return found


def places(findings: tuple[Finding, ...], expected: set[tuple[str, int | str]]) -> set[tuple[str, int | str]]:
    functions = {place for _, place in expected if isinstance(place, str)}
    return {
        (f.code, f.line if (f.code, f.line) in expected or f.function not in functions else f.function)
        for f in findings
    }


@pytest.mark.slow
def test_each_mistake_is_found(tmp_path: Path, cache: Path) -> None:
    root = tmp_path / "jars"
    shutil.copytree(HERE / "jars", root)
    result = exercised(root, cache)
    expected = marked((root / "jars.c").read_text(encoding="utf-8"))
    assert result.problems == ()
    assert places(result.findings, expected) == expected
    again = run_again(result.findings[0], root, cache)
    assert again.state == "replayed"
    assert sorted(path.name for path in root.iterdir()) == ["jars.c", "setup.py"]


@pytest.mark.slow
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, cache: Path) -> None:
    root = tmp_path / "jars"
    shutil.copytree(HERE / "jars_fixed", root)
    assert exercised(root, cache) == Exercised()


@pytest.mark.slow
def test_sources_alone_are_enough(tmp_path: Path, cache: Path) -> None:
    root = tmp_path / "jars"
    shutil.copytree(HERE / "jars", root, ignore=shutil.ignore_patterns("setup.py"))
    found = {finding.code for finding in exercised(root, cache).findings}
    assert {"owner.leak", "exception.missing", "null.deref"} <= found


def test_what_does_not_build_is_a_problem(tmp_path: Path, cache: Path) -> None:
    source = (HERE / "jars" / "jars.c").read_text(encoding="utf-8")
    (tmp_path / "jars.c").write_text(source + "\n#error not now\n", encoding="utf-8")
    result = exercised(tmp_path, cache)
    assert result.findings == ()
    assert len(result.problems) == 1
    assert "not now" in result.problems[0]


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        *(("jars.c", True), ("jars.h", True), ("src/more.c", True), ("jars/__init__.py", True), ("setup.py", True)),
        *(("tests/test_jars.py", False), ("test_jar_at.py", False), (".venv/a.c", False), ("build/a.c", False)),
        *(("tests/extension.c", True), ("notes.md", False)),
    ],
)
def test_builds_are_of_what_they_read(name: str, is_read: bool, tmp_path: Path) -> None:
    before = folder_of(tmp_path, tmp_path / "cache")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("1")
    assert (folder_of(tmp_path, tmp_path / "cache") != before) == is_read


def test_the_builds_of_the_last_sources_stay(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(root: Path, scratch: Path) -> str:
        (scratch / "out").mkdir()
        return ""

    monkeypatch.setattr(building, "_by_its_own", build)
    folders = []
    for number in range(6):
        (tmp_path / "jars.c").write_text(f"int a = {number};\n")
        folders.append(building.built(Exercise(tmp_path, {}, ()), cache))
        os.utime(folders[-1], (number, number))
    assert [folder.is_dir() for folder in folders] == [False, False, True, True, True, True]


def test_sources_that_change_while_they_are_built_are_not_built(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(root: Path, scratch: Path) -> str:
        (scratch / "out").mkdir()
        (root / "jars.c").write_text("int b;\n")
        return ""

    monkeypatch.setattr(building, "_by_its_own", build)
    with pytest.raises(ReplayRefusedError, match="changed while they were built"):
        building.built(Exercise(tmp_path, {}, ()), cache)


def report(output: str, *lines: str) -> Failure:
    return Failure("report", "jars.Jar.at", lines or ("made.at(1)",), output=output)


SEGV = (
    "==1==ERROR: AddressSanitizer: SEGV on unknown address {address} (pc 0x1)\n{caused}    #0 0x1 in jar_at {place}\n"
)


def test_addresses_that_are_passed_are_nobodys_mistake(tmp_path: Path) -> None:
    (tmp_path / "jars.c").touch()
    place = f"{tmp_path}/jars.c:3"
    caused = "==1==The signal is caused by a READ memory access.\n"
    output = SEGV.format(address="0x000000010000", caused=caused, place=place)
    verdict = verdict_of(report(output), tmp_path, ())
    assert verdict is not None
    assert (verdict.code, verdict.place.line, verdict.place.function) == ("bounds.read", 3, "jar_at")
    assert verdict_of(report(output, "made.at(65536)"), tmp_path, ()) is None
    near = SEGV.format(address="0x8", caused=caused + "==1==Hint: address points to the zero page.\n", place=place)
    verdict = verdict_of(report(near), tmp_path, ())
    assert verdict is not None
    assert verdict.code == "null.deref"


def test_failures_of_others_are_not_told(tmp_path: Path) -> None:
    output = SEGV.format(address="0x10", caused="", place="/elsewhere/listobject.c:3")
    assert verdict_of(report(output), tmp_path, ()) is None
    harmless = f"{tmp_path}/jars.c:3:5: runtime error: left shift of negative value -1\n"
    assert verdict_of(report(harmless), tmp_path, ()) is None


def test_what_the_interpreter_cannot_finish_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "jars.c").touch()
    inner = ["_PyObject_GC_UNTRACK pycore_object.h:172", "dictiter_dealloc dictobject.c:4002", "Py_DECREF object.h:538"]
    made = ["dictiter_new dictobject.c:3987", "PyObject_GetIter abstract.c:2803"]
    for frames, is_told in ((inner, True), (inner + made, False)):
        stack = [*frames, f"jar_all {tmp_path}/jars.c:3"]
        lines = "".join(f"    #{number} 0x1 in {frame}\n" for number, frame in enumerate(stack))
        output = f"==1==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000008 (pc 0x1)\n{lines}"
        failure = Failure("report", "jars.Jar.all", ("made.all()",), output=output, failing=True)
        assert (verdict_of(failure, tmp_path, ()) is not None) is is_told


def test_lines_that_were_cut_off_are_passed_over() -> None:
    whole = '{"kind": "count", "target": "a.b", "lines": ["a.b()"], "arguments": [], "imports": [], "grown": 60}'
    assert [f.grown for f in failures_of(f"{whole}\n{whole[:40]}")] == [60]


def test_addresses_get_names(tmp_path: Path) -> None:
    output = "    #0 0x1  (/usr/lib/nowhere.so+0x10)\n    #1 0x2 in main (/usr/lib/nowhere.so+0x20)\n"
    (same,) = symbolised([report(output)])
    assert same.output == output


@pytest.mark.parametrize("option", ["-s", "-Wl,-s", "-Wl,--strip-debug", "-Wl,--as-needed"])
def test_builds_keep_their_lines(tmp_path: Path, option: str) -> None:
    path = path_without_stripping(tmp_path / "bin")
    (tmp_path / "f.c").write_text("int f(void) { return 1; }\n", encoding="utf-8")
    command = ["gcc", "-g", "-shared", "-fPIC", option, "f.c", "-o", "f.so"]
    subprocess.run(command, cwd=tmp_path, env={"PATH": path}, check=True)
    assert b".debug_line" in (tmp_path / "f.so").read_bytes()


def test_functions_in_headers_belong_to_the_source_with_their_table(tmp_path: Path) -> None:
    (tmp_path / "jars.c").write_text(
        """\
        #include <Python.h>
        #include "jars.h"
        static PyMethodDef methods[] = {{"open", jars_open, METH_NOARGS, ""}, {0}};
        static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "jars", "", -1, methods};
        PyMODINIT_FUNC PyInit_jars(void) { return PyModule_Create(&module); }
        """
    )
    (tmp_path / "jars.h").write_text("static PyObject *jars_open(PyObject *self, PyObject *args) { Py_RETURN_NONE; }\n")
    facts, snapshot = open_project(tmp_path), Snapshot.of(tmp_path)
    assert plan(snapshot, facts.boundary.bindings, facts.sources).sources == {"jars": ("jars.c",)}


def test_what_the_interpreter_keeps_of_types_is_not_counted(tmp_path: Path) -> None:
    """Each change of a class makes the next look-ups fill places that have referred to None."""
    (tmp_path / "jars.py").write_text("def changed(one):\n    type(one).label = one\n    return one.label, one.open\n")
    lines = ("one = type('Jar', (), {'open': 1})()", "jars.changed(one)")
    failure = Failure("count", "jars.changed", lines, watched="None", grown=-60)
    verdict = Verdict("owner.over-decref", Place(tmp_path / "jars.c", 1, "changed"), "")
    script = script_text(failure, verdict, "jars", "0", "jars.c:1", "")
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_builds_need_not_make_what_is_of_other_systems(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "ours.abi3.so").touch()
    (tmp_path / "whole.cpython-311-x86_64-linux-gnu.so").touch()
    assert building.made_in(tmp_path, ("pack.ours", "pack.windows", "whole")) == ["pack.ours", "whole"]
