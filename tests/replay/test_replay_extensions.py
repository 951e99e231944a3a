"""Replays of what goes wrong between C and the interpreter: each mistake under tests/cases/cpython is replayed with
the calls and objects of a witness, and its corrected twin is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gnomon.analysis.checking.finding import Finding, InputValue
from gnomon.analysis.replay import ReplayReport, replay
from histories import Anything, History, Instance
from marks import marks_of

CASES = Path(__file__).parents[1] / "cases" / "cpython"
OWN = Path(__file__).parent / "extensions"  # whose mistakes are found by what comes of them


def text_of(case: str) -> str:
    own = OWN / f"{case}.c"
    return (own if own.is_file() else CASES / f"{case}.c").read_text()


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc"),
]


def replay_of(case: str, source: str, function: str, code: str, history: History, root: Path) -> ReplayReport:
    """As if the witness led to the mark; the twin, whose lines are others, is looked at as a whole function."""
    (root / f"{case}.c").write_text(source)
    line = next((mark.line for mark in marks_of("", source) if mark.code == code), 1)
    inputs = tuple(history.inputs)
    finding = Finding("f00", code, "error", "confirmed", "", f"{case}.c", line, 1, function, "", inputs, ())
    return replay(finding, history.entry(f"{case}.c"), root, root / "cache")


MISTAKES = [
    ("leak_on_error", "boxed", "owner.leak", ("a",)),
    ("leak_on_error", "boxed", "owner.leak", (Instance((RuntimeError,)),)),
    ("decref_of_argument", "length", "owner.over-decref", ([1],)),
    ("decref_of_argument", "length", "owner.over-decref", ("abc",)),
    ("decref_of_argument", "length", "owner.over-decref", (Instance((2,)),)),
    ("returned_borrowed", "first", "owner.borrowed", ([None],)),
    ("returned_borrowed", "first", "owner.borrowed", ([[]],)),
    ("returned_borrowed", "first", "owner.borrowed", ([Anything()],)),
    ("missing_exception", "half", "exception.missing", (-2,)),
    ("pending_exception", "size_of", "exception.pending", (1,)),
    ("pending_exception", "size_of", "exception.pending", (Instance((RuntimeError,)),)),
    ("number_unchecked", "half", "exception.pending", ("a",)),
    ("use_after_decref", "shown_length", "owner.use-after-decref", (b"a",)),
    ("list_item_of_no_list", "first", "bounds.read", (1000,)),
    ("missing_key", "name_of", "null.deref", ({"a": 1},)),
]


@pytest.mark.parametrize(("case", "function", "code", "values"), MISTAKES)
def test_mistakes_are_replayed(case: str, function: str, code: str, values: tuple[object, ...], tmp_path: Path) -> None:
    source = text_of(case)
    report = replay_of(case, source, function, code, History(case).call(f"{case}.{function}", *values), tmp_path)
    assert (report.state, report.reason) == ("replayed", ""), report.output


@pytest.mark.parametrize(("case", "function", "code", "values"), MISTAKES)
def test_twins_disagree(case: str, function: str, code: str, values: tuple[object, ...], tmp_path: Path) -> None:
    name = f"{case}_fixed"
    source = text_of(name)
    report = replay_of(name, source, function, code, History(name).call(f"{name}.{function}", *values), tmp_path)
    assert report.state in ("disagrees", "replay-refused"), report.output
    assert "ERROR" not in report.output
    assert "SystemError" not in report.output


@pytest.mark.parametrize("twin", ["", "_fixed"])
def test_bytes_that_do_not_fit(twin: str, tmp_path: Path) -> None:
    case = f"text_into_buffer{twin}"
    history = History(case).call(f"{case}.head", b"123456789", convention="METH_VARARGS")
    report = replay_of(case, text_of(case), "head", "bounds.write", history, tmp_path)
    assert report.state == ("disagrees" if twin else "replayed"), report.output


@pytest.mark.parametrize("twin", ["", "_fixed"])
def test_what_an_object_lends(twin: str, tmp_path: Path) -> None:
    case = f"cell_lends_its_value{twin}"
    history = History(case).new(f"{case}.Cell", "a").call("made.get({*})", convention="METH_NOARGS")
    report = replay_of(case, text_of(case), "cell_get", "owner.borrowed", history, tmp_path)
    assert report.state == ("disagrees" if twin else "replayed"), report.output


UNCHECKED = """
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *pair(PyObject *self, PyObject *arg) {
    PyObject *first = PyList_New(1);
    if (!first) return NULL;
    Py_INCREF(arg);
    PyList_SET_ITEM(first, 0, arg);  //~ error[null.deref]
    PyObject *second = PyTuple_Pack(2, first, first);
    if (!second) Py_CLEAR(first);
    if (!second) return NULL;  //~ error[owner.leak]
    Py_DECREF(first);
    return second;
}

static PyMethodDef methods[] = {{"pair", pair, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "unchecked", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_unchecked(void) { return PyModule_Create(&module); }
"""


@pytest.mark.parametrize(
    ("code", "missing", "state"),
    [
        ("null.deref", "if (!first) return NULL;", "replayed"),
        ("null.deref", "", "disagrees"),
        ("owner.leak", "if (!second) Py_CLEAR(first);", "replayed"),
        ("owner.leak", "", "disagrees"),
    ],
)
def test_allocations_of_the_interpreter_fail(code: str, missing: str, state: str, tmp_path: Path) -> None:
    pytest.importorskip("_testcapi")
    history = History("unchecked").call("unchecked.pair", "a")
    history.inputs.append(InputValue("an allocation of the interpreter fails", 1, 0, "integer", "gnomon_new"))
    source = UNCHECKED.replace(missing, "")
    report = replay_of("unchecked", source, "pair", code, history, tmp_path)
    assert report.state == state, report.output


SLOTS = """
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *get_size(PyObject *self, void *closure) {
    PyErr_SetString(PyExc_ValueError, "no size");
    return PyLong_FromLong(0);  //~ error[exception.pending]
}

static Py_ssize_t length(PyObject *self) { return -1; }  //~ error[exception.missing]

static int start(PyObject *self, PyObject *args, PyObject *kwds) { return PyTuple_GET_SIZE(args) ? -1 : 0; }

static PyGetSetDef getters[] = {{"size", get_size, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};
static PySequenceMethods as_sequence = {.sq_length = length};
static PyTypeObject Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "slots.Type",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = start,
    .tp_getset = getters,
    .tp_as_sequence = &as_sequence,
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "slots", NULL, -1, NULL, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_slots(void) {
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddType(made, &Type) < 0) Py_CLEAR(made);
    return made;
}
"""


@pytest.mark.parametrize(
    ("code", "history", "state"),
    [
        ("exception.pending", History("slots").new("slots.Type").call("made.size"), "replayed"),
        ("exception.missing", History("slots").new("slots.Type").call("len(made)"), "replayed"),
        ("exception.missing", History("slots").new("slots.Type", 1), "replayed"),
        ("exception.missing", History("slots").new("slots.Type"), "disagrees"),
    ],
)
def test_slots_and_getters(code: str, history: History, state: str, tmp_path: Path) -> None:
    report = replay_of("slots", SLOTS, "length", code, history, tmp_path)
    assert report.state == state, report.output


def test_a_module_that_does_not_start(tmp_path: Path) -> None:
    source = "#include <Python.h>\nPyMODINIT_FUNC PyInit_unborn(void) { return NULL; }  //~ error[exception.missing]\n"
    report = replay_of("unborn", source, "PyInit_unborn", "exception.missing", History("unborn"), tmp_path)
    assert report.state == "replayed", report.output


def test_what_cannot_be_loaded_says_nothing_of_the_finding(tmp_path: Path) -> None:
    source = text_of("missing_exception").replace("static PyObject *half", "int nowhere(void);\nstatic PyObject *half")
    source = source.replace("PyModule_Create(", "nowhere() ? NULL : PyModule_Create(")
    history = History("missing_exception").call("missing_exception.half", -2)
    report = replay_of("missing_exception", source, "half", "exception.missing", history, tmp_path)
    assert (report.state, report.is_unseen) == ("replay-refused", False), report.output
    assert report.reason.startswith("the code cannot be loaded: ImportError: ")
    assert report.reason.endswith("undefined symbol: nowhere")


@pytest.mark.parametrize("folder", ["", "src"])
def test_a_module_that_imports_from_its_package(folder: str, tmp_path: Path) -> None:
    package = tmp_path / folder / "shop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "names.py").write_text("")
    imports = 'static int lacks(void) { return !PyImport_ImportModule("shop.names"); }\n'
    source = text_of("missing_exception").replace("static PyObject *half", f"{imports}static PyObject *half")
    source = source.replace("PyModule_Create(", "lacks() ? NULL : PyModule_Create(")
    history = History("shop.missing_exception").call("shop.missing_exception.half", -2)
    report = replay_of("missing_exception", source, "half", "exception.missing", history, tmp_path)
    assert report.state == "replayed", report.output
