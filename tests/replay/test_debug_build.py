"""Assertions of a debug build of the interpreter show what the usual one puts up with."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.entry import Entry
from gnomon.analysis.checking.finding import Finding
from gnomon.analysis.replay import interpreters, replaying
from gnomon.analysis.replay.report import ReplayReport

QUIETLY = """\
#include <Python.h>

static PyObject *quietly(PyObject *module, PyObject *callback) {
    PyErr_SetString(PyExc_ValueError, "not found");
    PyObject *made = PyObject_CallNoArgs(callback);
    PyErr_Clear();
    Py_XDECREF(made);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"quietly", quietly, METH_O, ""}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "quietly", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_quietly(void) { return PyModule_Create(&module); }
"""
SCRIPT = """\
import os
import sys

sys.path.insert(0, os.environ["GNOMON_BUILD"])
import quietly

quietly.quietly(lambda: 1)
"""


def run(root: Path) -> ReplayReport:
    (root / "quietly.c").write_text(QUIETLY)
    entry = Entry("quietly.quietly", "capi", (), "quietly", sources=("quietly.c",))
    finding = Finding("f00", "exception.pending", "error", "confirmed", "", "quietly.c", 5, 1, "quietly", "", (), ())
    return replaying.run_script(finding, entry, root, root / "cache", SCRIPT)


@pytest.mark.skipif(not interpreters.debug_build(), reason="needs a debug build of this Python")
def test_call_with_an_exception_set_aborts_there(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert (report.state, report.reason) == ("replayed", f"seen by {Path(interpreters.debug_build()).name}")


def test_usual_interpreter_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "debug_build", lambda: "")
    assert run(tmp_path).state == "disagrees"
