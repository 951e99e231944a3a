"""What is said of the functions of C extensions."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

# A constructor that takes more arguments than calls have here.
FAR = r"""
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int *numbers;
} Far;

static int far_init(PyObject *self, PyObject *args, PyObject *kwds) {
    PyObject *a;
    return PyArg_ParseTuple(args, "OOOOOOOOOOOOOOOOOOOOOOOOO", &a, &a, &a, &a, &a, &a, &a, &a, &a, &a, &a, &a, &a, &a,
                            &a, &a, &a, &a, &a, &a, &a, &a, &a, &a, &a) ? 0 : -1;
}

static PyObject *far_first(PyObject *self, PyObject *unused) {
    return PyLong_FromLong(((Far *)self)->numbers[0]);
}

static PyObject *near_one(PyObject *self, PyObject *unused) {
    int numbers[1] = {1};
    return PyLong_FromLong(numbers[PyLong_Check(unused ? unused : Py_None)]);
}

static PyMethodDef far_methods[] = {{"first", far_first, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyTypeObject far_type = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "far.Far", .tp_basicsize = sizeof(Far),
    .tp_flags = Py_TPFLAGS_DEFAULT, .tp_methods = far_methods, .tp_init = far_init, .tp_new = PyType_GenericNew};
static PyMethodDef methods[] = {{"one", near_one, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "far", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_far(void) {
    PyObject *made = PyModule_Create(&module);
    if (!made || PyType_Ready(&far_type) < 0) return NULL;
    Py_INCREF(&far_type);
    if (PyModule_AddObject(made, "Far", (PyObject *)&far_type) < 0) return NULL;
    return made;
}
"""


def test_nothing_is_proved_where_no_run_comes(tmp_path: Path) -> None:
    (tmp_path / "far.c").write_text(FAR)
    functions = {f.function: f for f in Session(tmp_path, Settings(store=None)).check({}).functions}
    assert functions["far_first"].undecided > 0, "its object cannot be made"
    assert functions["near_one"].undecided == 0


UNMADE = r"""
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *error; /* nobody makes it */
static PyObject *refused(PyObject *self, PyObject *unused) {
    PyErr_SetString(error, "not now");
    return NULL;
}
static PyObject *told(PyObject *self, PyObject *unused) {
    return PyErr_Format(error, "not for %d", 3);
}
static PyMethodDef methods[] = {{"refused", refused, METH_NOARGS, NULL}, {"told", told, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "unmade", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_unmade(void) { return PyModule_Create(&module); }
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="since then it is read")
def test_an_exception_that_is_null_is_none(tmp_path: Path) -> None:
    (tmp_path / "unmade.c").write_text(UNMADE)
    findings = Session(tmp_path, Settings(store=None)).check({}).findings
    assert [(finding.code, finding.line) for finding in findings] == [
        ("exception.missing", 8),
        ("exception.missing", 11),
    ]
