"""Tests that are written from findings: each fails on the code with the mistake, and passes when it is mended."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import Argument, BytesArgument, Entry, EntryStep, IntegerArgument
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay import ReplayRefusedError, folder_for, save_test
from gnomon.analysis.replay.builds import recipe
from gnomon.analysis.replay.regression import test_of as written_test
from gnomon.server.commands import app
from histories import History
from test_replay_extensions import MISTAKES, text_of
from typer.testing import CliRunner

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")

SOURCE = "int get(int i) {\n    int a[4] = {0};\n    return a[i];\n}\n"
MENDED = SOURCE.replace("return a[i]", "return i < 0 || i > 3 ? 0 : a[i]")


def finding_of(code: str, function: str, inputs: tuple[InputValue, ...], history: Entry, path: str = "a.c") -> Finding:
    message = 'says """so""" \\ {here} @CODE@'
    return Finding("f00", code, "error", "confirmed", message, path, 3, 1, function, "", inputs, (), history=history)


def ctypes_finding(code: str = "bounds.read", value: int | bytes = 4) -> Finding:
    is_text = isinstance(value, bytes)
    argument: Argument = BytesArgument("i") if is_text else IntegerArgument("i", 32, True)
    entry = Entry("get", "ctypes", (EntryStep("get", (argument,), "lib.get"),), sources=("a.c",))
    return finding_of(code, "get", (InputValue("i", value, 0, "bytes" if is_text else "integer"),), entry)


def saved(finding: Finding, root: Path, place: Path | None = None) -> Path:
    assert finding.history is not None
    return save_test(finding, finding.history, root, place if place is not None else root)


def outcome(test: Path, **variables: str) -> tuple[int, str]:
    """Of pytest: 0 when the test passes, 1 when it fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(test)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=test.parent, env={**os.environ, **variables})
    return done.returncode, done.stdout


def fails_and_passes(finding: Finding, root: Path, source: str, mended: str) -> str:
    """What it said when it failed."""
    (root / finding.path).write_text(source)
    test = saved(finding, root)
    failed, said = outcome(test)
    (root / finding.path).write_text(mended)
    assert (failed, outcome(test)[0]) == (1, 0), said
    return said


def test_a_call_through_ctypes(tmp_path: Path) -> None:
    said = fails_and_passes(ctypes_finding(), tmp_path, SOURCE, MENDED)
    assert "a.c:3:13: runtime error: index 4 out of bounds" in said


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="needs valgrind")
def test_what_memcheck_sees(tmp_path: Path) -> None:
    source = "int get(int i) {\n    int a;\n    if (i == 4) a = 1;\n    return a ? 2 : 3;\n}\n"
    said = fails_and_passes(ctypes_finding("defined.read", 5), tmp_path, source, source.replace("int a;", "int a = 0;"))
    assert "Conditional jump or move depends on uninitialised value" in said


def test_a_program_in_c(tmp_path: Path) -> None:
    source = "#include <stdlib.h>\n#include <string.h>\nint main(int argc, char **argv) {\n"
    source += "    char a[4];\n    if (argc > 1) strcpy(a, argv[1]);\n    return 0;\n}\n"
    inputs = (InputValue("argv[1]", b"aaaa", 0, "bytes"),)
    entry = Entry("main", "main", (EntryStep("main", (), "main"),), sources=("a.c",))
    finding = finding_of("bounds.write", "main", inputs, entry)
    said = fails_and_passes(finding, tmp_path, source, source.replace("strcpy(a, argv[1])", "strncpy(a, argv[1], 4)"))
    assert "stack-buffer-overflow" in said


def test_a_leak_that_a_program_in_c_shows(tmp_path: Path) -> None:
    source = "#include <stdlib.h>\nint get(int i) {\n    char *p = malloc(i);\n    return p != 0;\n}\n"
    said = fails_and_passes(ctypes_finding("lifetime.leak"), tmp_path, source, source.replace("malloc(i)", "0"))
    assert "LeakSanitizer" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "function", "code", "values"),
    {row[2]: row for row in MISTAKES}.values(),
)
def test_extensions(case: str, function: str, code: str, values: tuple[object, ...], tmp_path: Path) -> None:
    history = History(case).call(f"{case}.{function}", *values)
    finding = finding_of(code, function, tuple(history.inputs), history.entry(f"{case}.c"), f"{case}.c")
    mended = text_of(f"{case}_fixed").replace(f"{case}_fixed", case)
    fails_and_passes(finding, tmp_path, text_of(case), mended)


MODULE = """
#include <Python.h>
static PyObject *get(PyObject *self, PyObject *arg) {
    int a[4] = {0};
    return PyLong_FromLong(a[PyLong_AsLong(arg)]);
}
static PyMethodDef methods[] = {{"get", get, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "m", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_m(void) { return PyModule_Create(&module); }
"""
CHECKED = '    if (PyLong_AsLong(arg) > 3) return PyErr_Format(PyExc_IndexError, "no");\n    return PyLong_From'


def test_a_module_of_a_package_that_is_there_already(tmp_path: Path) -> None:
    """The package that Python finds has a module of that name: the one that was built is meant."""
    package = tmp_path / "site" / "pkg"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "m.py").write_text("def get(i): return 0\n")
    (tmp_path / "a.c").write_text(MODULE)
    history = History("pkg.m").call("pkg.m.get", 4)
    test = saved(finding_of("bounds.read", "get", tuple(history.inputs), history.entry("a.c")), tmp_path)
    failed, said = outcome(test, PYTHONPATH=str(tmp_path / "site"))
    assert (failed, "index 4 out of bounds" in said) == (1, True)
    (tmp_path / "a.c").write_text(MODULE.replace("    return PyLong_From", CHECKED))
    assert outcome(test, PYTHONPATH=str(tmp_path / "site"))[0] == 0  # an IndexError is an answer
    (tmp_path / "a.c").write_text("#include <Python.h>\n")
    assert outcome(test)[0] == 1  # without the function nobody has called it
    assert any("> /b/pkg/__init__.py" in line for line in recipe(history.entry("a.c"), tmp_path, "/b", "sanitizers"))


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(SOURCE)
    first, second = saved(ctypes_finding(), tmp_path), saved(ctypes_finding(), tmp_path)
    assert (first.name, second.name) == ("test_get_bounds_read.py", "test_get_bounds_read_2.py")
    assert first.read_text() == second.read_text()
    with pytest.raises(ReplayRefusedError, match=r"test_get_bounds_read\.py is there already"):
        saved(ctypes_finding(), tmp_path, first)
    with pytest.raises(ReplayRefusedError, match="cannot be written: No such file"):
        saved(ctypes_finding(), tmp_path, tmp_path / "nowhere" / "test_x.py")


def test_the_nearest_folder_of_tests_is_taken(tmp_path: Path) -> None:
    finding = replace(ctypes_finding(), path="one/src/a.c")
    assert folder_for(finding, tmp_path) == tmp_path
    (tmp_path / "tests").mkdir()
    (tmp_path / "other" / "tests").mkdir(parents=True)
    assert folder_for(finding, tmp_path) == tmp_path / "tests"
    (tmp_path / "one" / "test").mkdir(parents=True)
    assert folder_for(finding, tmp_path) == tmp_path / "one" / "test"


def test_a_test_knows_where_the_project_is(tmp_path: Path) -> None:
    root = tmp_path / "a {project}"
    (root / "tests" / "c").mkdir(parents=True)
    (root / "a.c").write_text(SOURCE)
    finding = ctypes_finding()
    assert finding.history is not None
    inside = written_test(finding, finding.history, root, root / "tests" / "c")
    assert "ROOT = Path(__file__).resolve().parents[2]\n" in inside and str(tmp_path) not in inside
    assert f"ROOT = Path({str(root)!r})\n" in written_test(finding, finding.history, root, tmp_path)
    assert ast.get_docstring(ast.parse(inside), clean=False).split("\n")[2] == "says '''so''' \\ {here} @CODE@"  # type: ignore[union-attr]
    assert outcome(saved(finding, root, root / "tests" / "c"))[0] == 1


@pytest.mark.parametrize(("code", "said"), [("taint.format", "no tool reports"), ("resource.leak", "")])
def test_what_nobody_reports_has_no_test(code: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(SOURCE)
    finding = replace(ctypes_finding(code), demand="taint.format" if said else "")
    if said:
        with pytest.raises(ReplayRefusedError, match=said):
            saved(finding, tmp_path)
    else:
        assert saved(finding, tmp_path).is_file()


def test_the_command_line_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    project = tmp_path / "project"
    (project / "tests").mkdir(parents=True)
    (project / "a.c").write_text(SOURCE)
    (project / "a.py").write_text(
        "import ctypes\nlib = ctypes.CDLL('./liba.so')\nlib.get.argtypes = [ctypes.c_int]\nlib.get(1)\n"
    )
    monkeypatch.chdir(project)
    words = ["replay", "--all", "--save-test", "tests"]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.stdout) == (0, "tests/test_get_bounds_read.py\n")
    assert outcome(project / "tests" / "test_get_bounds_read.py")[0] == 1
    again = CliRunner().invoke(app, [*words[:-1], "tests/test_get_bounds_read.py"])
    assert (again.exit_code, again.stdout) == (2, "")
    assert "tests/test_get_bounds_read.py is there already" in again.stderr
