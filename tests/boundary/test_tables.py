"""Tables of C extensions that the module's start completes, adds through helpers, or keeps in other files."""

from __future__ import annotations

import json
from pathlib import Path

from fixture import load
from gnomon.analysis.boundary.edges import Boundary, bindings
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings
from gnomon.analysis.syntax.csource import CReference, SourceFacts


def _natives(boundary: Boundary) -> dict[str, str]:
    return {b.python: b.native for b in boundary.bindings if b.kind != "type"}


FUNCTION = "static PyObject *{0}(PyObject *s, PyObject *a) {{ return a; }}\n"
START = """
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", 0, -1, 0};
"""


def test_fields_that_the_start_writes(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        "//- m.c\n"
        + FUNCTION.format("push")
        + FUNCTION.format("show")
        + FUNCTION.format("other")
        + """
        static PyMethodDef methods[] = {{"push", push, METH_O, ""}, {0}};
        static PyTypeObject T = {.tp_name = "m.T", .tp_basicsize = 8};
        """.replace("        ", "")
        + START
        + """
        PyObject *PyInit_m(void) {
            T.tp_methods = methods; T.tp_repr = (reprfunc)show;
            if (old) T.tp_str = show; else T.tp_str = other;
            return 0;
        }
        """.replace("        ", ""),
    )
    assert _natives(fixture.boundary) == {"m.T.push": "push", "m.T.__repr__": "show"}


def test_types_made_by_a_helper_and_added_in_a_loop(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- m.c
        static PyType_Spec a_spec = {"other.A", 8, 0, 0, a_slots};
        static PyType_Spec b_spec = {"other.B", 8, 0, 0, b_slots};
        static PyType_Spec c_spec = {"other.C", 8, 0, 0, c_slots};
        static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", 0, -1, 0};
        static int exec(PyObject *m) {
            state->AType = new_type(m, &a_spec, NULL);
            state->BType = (PyTypeObject *)PyType_FromModuleAndSpec(m, &b_spec, NULL);
            PyTypeObject *const exported[] = {state->AType, state->BType};
            for (int i = 0; i < 2; i++) PyModule_AddType(m, exported[i]);
            return 0;
        }
        PyObject *PyInit_m(void) { return PyModuleDef_Init(&definition); }
        """,
    )
    assert {b.python for b in fixture.boundary.bindings} == {"m.A", "m.B", "other.C"}


def test_a_type_given_to_a_function_is_not_what_the_function_returns(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- m.c
        static PyTypeObject T = {.tp_name = "other.T", .tp_basicsize = 8};
        static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", 0, -1, 0};
        PyObject *PyInit_m(void) { PyObject *x = wrap(&T); PyModule_AddObject(m, "X", x); return 0; }
        """,
    )
    assert {b.python for b in fixture.boundary.bindings} == {"other.T"}


def test_a_variable_that_holds_one_type_after_the_other(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- m.c
        static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", 0, -1, 0};
        static PyType_Slot slots[] = {{0, 0}};
        static PyType_Spec a = {"other.A", 8, 0, 0, slots};
        static PyType_Spec b = {"other.B", 8, 0, 0, slots};
        PyObject *PyInit_m(void) {
            PyObject *m = PyModule_Create(&definition), *made;
            made = PyType_FromSpec(&a);
            PyModule_AddObject(m, "First", made);
            made = PyType_FromSpec(&b);
            PyModule_AddObject(m, "Second", made);
            return m;
        }
        """,
    )
    owners = {b.python: b.owner.rpartition(":")[2] for b in fixture.boundary.bindings}
    assert owners == {"m.First": "a", "m.Second": "b"}


def test_tables_of_a_file_that_two_modules_use(tmp_path: Path) -> None:
    start = 'static PyModuleDef definition = {{PyModuleDef_HEAD_INIT, "{0}", 0, -1, 0}};\n'
    start += "PyObject *PyInit_{0}(void) {{ return 0; }}\n"
    fixture = load(
        tmp_path,
        "//- one.c\n" + start.format("one") + "//- two.c\n" + start.format("two") + "//- three.c\n"
        # three leads nowhere
        + start.format("three") + "//- shared.c\n" + FUNCTION.format("f")
        + 'static PyMethodDef methods[] = {{"f", f, METH_O, ""}, {0}};\n'
        + "int add(PyObject *m) { return PyModule_AddFunctions(m, methods); }\n",
    )  # fmt: skip
    facts = dict(fixture.facts)
    for name in ("one", "two"):
        path = str(tmp_path / f"{name}.c")
        use = CReference("add", "add", path, 2, 1, f"PyInit_{name}", True)
        facts[path] = SourceFacts(path, facts[path].functions, (use,), facts[path].tables)
    assert _natives(bindings(fixture.snapshot, facts)) == {"one.f": "f", "two.f": "f"}


SUITES = """
#include <Python.h>
static Py_ssize_t length(PyObject *self) { return 0; }
static PyObject *item(PyObject *self, Py_ssize_t i) { Py_RETURN_NONE; }
static PyObject *negative(PyObject *self) { Py_RETURN_NONE; }
static PyNumberMethods numbers = {.nb_negative = negative};
static PySequenceMethods sequence;
static PyTypeObject T = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "m.T", .tp_as_number = &numbers};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", NULL, -1, NULL};
PyMODINIT_FUNC PyInit_m(void)
{
    sequence.sq_length = length;
    sequence.sq_item = item;
    T.tp_as_sequence = &sequence;
    return PyModule_Create(&definition);
}
"""


def test_suites_as_the_compiler_sees_them(tmp_path: Path) -> None:
    (tmp_path / "m.c").write_text(SUITES)
    boundary = Session(tmp_path, Settings(store=None)).open({}).boundary
    assert _natives(boundary) == {
        "m.T.__len__": "length",
        "m.T.__getitem__": "item",
        "m.T.__neg__": "negative",
    }


SYSTEMS = """
//- m.c
static PyMethodDef methods[] = {{"f", f, METH_O, ""}, {0}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", 0, -1, methods};
PyObject *PyInit_m(void) { return PyModule_Create(&definition); }
//- linux.c
PyObject *f(PyObject *s, PyObject *a) { return a; }
//- windows.c
PyObject *f(PyObject *s, PyObject *a) { return 0; }
"""


def test_a_function_that_two_files_define_is_the_built_one_or_none(tmp_path: Path) -> None:
    (unbuilt,) = load(tmp_path, SYSTEMS).boundary.bindings
    assert unbuilt.definition is None
    command = {"directory": str(tmp_path), "file": "windows.c", "command": "cc -c windows.c"}
    (tmp_path / "compile_commands.json").write_text(json.dumps([command]))
    (built,) = load(tmp_path, SYSTEMS).boundary.bindings
    assert built.definition is not None and Path(built.definition.path).name == "windows.c"


def test_a_table_that_a_loop_makes_functions_of(tmp_path: Path) -> None:
    fixture = load(
        tmp_path,
        """
        //- m.c
        static PyObject *f(PyObject *s, PyObject *a) { return a; }
        static PyMethodDef methods[] = {{"f", f, METH_O, ""}, {0}};
        static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "m", 0, -1, 0};
        PyObject *PyInit_m(void) {
            for (int i = 0; methods[i].ml_name; i++)
                PyModule_AddObject(m, methods[i].ml_name, PyCFunction_NewEx(&methods[i], 0, m));
            return m;
        }
        """,
    )
    assert _natives(fixture.boundary) == {"m.f": "f"}
