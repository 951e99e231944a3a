"""Code of Python's that runs while a call does: it calls the extension again, or empties what it has passed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.replay import replay

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc"),
    pytest.mark.skipif(shutil.which("valgrind") is None, reason="needs valgrind"),
]

CELL = r"""
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Cell;

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    PyObject *value;
    if (!PyArg_ParseTuple(args, "O:Cell", &value)) return NULL;
    Cell *self = (Cell *)type->tp_alloc(type, 0);
    if (self) self->value = Py_NewRef(value);
    return (PyObject *)self;
}

static void cell_dealloc(Cell *self) {
    Py_CLEAR(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *cell_set(Cell *self, PyObject *value) {
    @@
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"set", (PyCFunction)cell_set, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static PyTypeObject cell_type = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "code.Cell", .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT, .tp_methods = methods, .tp_dealloc = (destructor)cell_dealloc, .tp_new = cell_new};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "again", .m_size = -1};

PyMODINIT_FUNC PyInit_again(void) {
    if (PyType_Ready(&cell_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Cell", (PyObject *)&cell_type) == 0) return made;
    Py_DECREF(made);
    return NULL;
}
"""
EACH = r"""
#include <Python.h>

static PyObject *each(PyObject *self, PyObject *args) {
    PyObject *list, *function;
    if (!PyArg_ParseTuple(args, "O!O:each", &PyList_Type, &list, &function)) return NULL;
    if (PyList_GET_SIZE(list) == 0) Py_RETURN_NONE;
    PyObject *item = @@PyList_GET_ITEM(list, 0)##;
    PyObject *given = PyObject_CallNoArgs(function);
    if (given) Py_SETREF(given, PyObject_Repr(item));
    $$
    return given;
}

static PyMethodDef methods[] = {{"each", each, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "again", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_again(void) { return PyModule_Create(&module); }
"""
WRONG_CELL = CELL.replace("@@", "Py_DECREF(self->value); self->value = Py_NewRef(value);")
RIGHT_CELL = CELL.replace("@@", "Py_SETREF(self->value, Py_NewRef(value));")
WRONG_EACH = EACH.replace("@@", "").replace("##", "").replace("$$", "")
RIGHT_EACH = EACH.replace("@@", "Py_NewRef(").replace("##", ")").replace("$$", "Py_DECREF(item);")


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (WRONG_CELL, {"owner.over-decref"}),
        (RIGHT_CELL, set()),
        (WRONG_EACH, {"owner.use-after-decref"}),
        (RIGHT_EACH, set()),
    ],
    ids=["replaced too early", "replaced in order", "borrowed item", "own item"],
)
def test_code_that_runs_in_between(source: str, codes: set[str], tmp_path: Path) -> None:
    (tmp_path / "again.c").write_text(source)
    findings = Session(tmp_path, Settings(store=None)).check({}).findings
    assert {finding.code for finding in findings} == codes
    states = []
    for finding in findings:
        assert finding.history is not None
        report = replay(finding, finding.history, tmp_path, tmp_path / "cache")
        states.append(report.state)
    assert not codes or "replayed" in states
