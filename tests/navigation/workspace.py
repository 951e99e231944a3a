"""Fixtures whose C is read by the engine itself, so that uses and declarations are what the compiler sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fixture import load
from gnomon.analysis.boundary.binding import Span
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.navigation.index import Index
from gnomon.analysis.navigation.modules import Parsed
from gnomon.analysis.navigation.target import Position
from gnomon.analysis.workspace import Snapshot


@dataclass(frozen=True, slots=True)
class Workspace:
    root: Path
    snapshot: Snapshot
    index: Index
    cursor: Position
    marks: list[Span]
    parsed: Parsed = field(default_factory=dict)

    def shown(self, span: Span) -> str:
        """`ring.c:3:5 ring_push`"""
        line = self.snapshot.text(span.path).splitlines()[span.line - 1].encode()
        text = line[span.column - 1 : span.end_column - 1].decode()
        return f"{self.snapshot.relative(span.path)}:{span.line}:{span.column} {text}"

    def at(self, file: str, text: str, inside: int = 0) -> Position:
        """Where a text is first found in a file."""
        path = str(self.root / file)
        for number, line in enumerate(self.snapshot.text(path).splitlines(), 1):
            if text in line:
                return Position(path, number, len(line[: line.index(text)].encode()) + 1 + inside)
        raise AssertionError(f"{file} has no {text!r}")


def opened(folder: Path, text: str) -> Workspace:
    """Writes a fixture and reads it as the server would; the cursor is at the start where it has none."""
    folder = folder.resolve()
    fixture = load(folder, text)
    facts = Session(folder, Settings(store=None)).open({})
    cursor = fixture.cursor or Position(str(folder), 1, 1)
    return Workspace(folder, Snapshot.of(folder), Index(facts.boundary, facts.sources), cursor, fixture.marks)


def typed(workspace: Workspace, file: str, text: str) -> tuple[Snapshot, Position]:
    """A file as it is being typed, `$0` the cursor; the facts are those of before."""
    path = str(workspace.root / file)
    before = text[: text.index("$0")]
    line = before.rpartition("\n")[2]
    at = Position(path, before.count("\n") + 1, len(line.encode()) + 1)
    return Snapshot(workspace.root, {path: text.replace("$0", "")}), at


RING = """
//- ring.h
int ring_push(void *r, int value);
int ring_size(const void *r);
//- ring.c
#include "ring.h"
/* Appends a value. */
int ring_push(void *r, int value) { return value + (r != 0); }
int ring_size(const void *r) { return r != 0; }
int ring_fill(void *r) { return ring_push(r, 1) + ring_push(r, 2); }
int ring_log(const char *format, ...) { return format != 0; }
static int hidden(void) { return 0; }
int reached(void) { return hidden(); }
//- lib.py
import ctypes
lib = ctypes.CDLL("./libring.so")
lib.ring_push.argtypes = [ctypes.c_void_p, ctypes.c_int]
lib.ring_push.restype = ctypes.c_int
//- use.py
from lib import lib
def push(r):
    lib.ring_push(r, 3)
    return lib["ring_push"](r, 4)
class Ring:
    def __len__(self):
        def inner():
            return lib.ring_size(self.r)
        return inner() + lib.ring_fill(self.r)
lib.ring_log(b"x", 1, 2)
"""

EXTENSION = """
//- setup.py
from setuptools import Extension, setup
setup(ext_modules=[Extension("ext", ["ext.c"])])
//- ext.c
#include <Python.h>
typedef struct { PyObject_HEAD int count; } Ring;
static int ring_init(PyObject *self, PyObject *args, PyObject *kwds) {
    static char *names[] = {"size", "label", NULL};
    int size; const char *label = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "i|s:Ring", names, &size, &label)) return -1;
    ((Ring *)self)->count = size;
    return 0;
}
/* Appends a value. */
static PyObject *ring_push(PyObject *self, PyObject *x) { (void)self; (void)x; Py_RETURN_NONE; }
static PyObject *ring_get_count(PyObject *self, void *closure) { return closure ? NULL : PyLong_FromLong(4); }
static int ring_set_count(PyObject *self, PyObject *v, void *closure) { (void)self; (void)v; (void)closure; return 0; }
static PyMethodDef ring_methods[] = {{"push", ring_push, METH_O, "push(value)"}, {0}};
static PyGetSetDef ring_getset[] = {{"count", ring_get_count, ring_set_count, "how many", NULL}, {0}};
static PyTypeObject RingType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "ext.Ring", .tp_basicsize = sizeof(Ring), .tp_methods = ring_methods, .tp_getset = ring_getset,
    .tp_init = ring_init, .tp_new = PyType_GenericNew,
};
static PyObject *scale(PyObject *m, PyObject *args) {
    double value; Py_ssize_t length; const char *data; PyObject *list; int times = 1;
    (void)m;
    if (!PyArg_ParseTuple(args, "dy#O!|i:scale", &value, &data, &length, &PyList_Type, &list, &times)) return NULL;
    Py_RETURN_NONE;
}
static PyObject *odd(PyObject *m, PyObject *args) { (void)m; (void)args; Py_RETURN_NONE; }
static PyObject *none(PyObject *m, PyObject *args) { (void)m; (void)args; Py_RETURN_NONE; }
static PyMethodDef functions[] = {
    {"scale", scale, METH_VARARGS, "scale(...)"},
    {"odd", odd, METH_VARARGS, "odd(a, b): the first line\\nthe second"},
    {"nothing", none, METH_NOARGS, NULL},
    {0},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "ext", NULL, -1, functions};
PyMODINIT_FUNC PyInit_ext(void) {
    PyObject *m = PyModule_Create(&module);
    if (!m || PyType_Ready(&RingType) < 0) return NULL;
    Py_INCREF(&RingType);
    PyModule_AddObject(m, "Ring", (PyObject *)&RingType);
    return m;
}
//- use.py
import ext
from ext import Ring
def made():
    ring = Ring(4, label="a")
    ring.push(3)
    ring.count = ring.count + 1
    return ext.scale(1.0, b"", [])
"""
