"""Quick fixes of contract checks: what the text becomes, and that nothing is left to report."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.finding import TextEdit
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

FORMAT = """#define PY_SSIZE_T_CLEAN
#include <Python.h>
PyObject *f(Py_ssize_t size) { return Py_BuildValue("(si)", "a", size); }
"""
FLAGS = """#include <Python.h>
static PyObject *f(PyObject *self, PyObject *args, PyObject *named) { return args && named ? self : NULL; }
PyMethodDef methods[] = {{"f", (PyCFunction)f, METH_VARARGS | METH_CLASS, NULL}, {NULL}};
"""


def edited(text: str, edit: TextEdit) -> str:
    """For edits of one line."""
    lines = text.splitlines(keepends=True)
    line = lines[edit.line - 1]
    lines[edit.line - 1] = line[: edit.column - 1] + edit.text + line[edit.end_column - 1 :]
    return "".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(FORMAT, '"(sn)"'), (FLAGS, "METH_VARARGS | METH_KEYWORDS | METH_CLASS")],
    ids=["format", "flags"],
)
def test_fix(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "ext.c"
    path.write_text(text)
    session = Session(tmp_path, Settings(store=None))
    (finding,) = session.open({}).contracts
    ((edit,),) = (fix.edits for fix in finding.fixes)
    path.write_text(edited(text, edit))
    assert expected in path.read_text()
    assert session.open({}).contracts == ()
