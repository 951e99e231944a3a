"""A name that several programs, libraries or headers of a workspace define: none is taken for another.

Also what argument parsing leaves in a Py_buffer, and in a length that is an int.
"""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

BINDING = """import ctypes
lib = ctypes.CDLL("./lib{name}.so")
lib.use_{name}.argtypes = [ctypes.c_int]
lib.use_{name}.restype = ctypes.c_int
"""

MODULE = """#include <Python.h>
{body}
static PyMethodDef methods[] = {{{{"f", f, METH_VARARGS, ""}}, {{NULL, NULL, 0, NULL}}}};
static struct PyModuleDef definition = {{PyModuleDef_HEAD_INIT, "m", NULL, -1, methods}};
PyMODINIT_FUNC PyInit_m(void) {{ return PyModule_Create(&definition); }}
"""


def messages(root: Path, sources: dict[str, str]) -> list[str]:
    for name, text in sources.items():
        (root / name).write_text(text)
    result = Session(root, Settings(store=None)).check({})
    assert not result.problems
    return [finding.message for finding in result.findings if not finding.is_contract]


def test_functions_of_two_libraries(tmp_path: Path) -> None:
    first = "int pick(int n) { return n & 3; }\nint use_one(int n) { int t[4] = {0}; return t[pick(n)]; }\n"
    second = "int pick(int n) { return n; }\nint use_two(int n) { return pick(n); }\n"
    bindings = {f"{name}.py": BINDING.format(name=name) for name in ("one", "two")}
    assert messages(tmp_path, {"one.c": first, "two.c": second, **bindings}) == []


def test_variables_of_two_libraries(tmp_path: Path) -> None:
    first = "int table[4];\nint use_one(int n) { return table[n & 3]; }\n"
    second = "int table[1];\nint use_two(int n) { return table[0] + n * 0; }\n"
    bindings = {f"{name}.py": BINDING.format(name=name) for name in ("one", "two")}
    assert messages(tmp_path, {"one.c": first, "two.c": second, **bindings}) == []


def test_header_that_means_two_things(tmp_path: Path) -> None:
    body = "int use_{name}(int n) {{ char b[ROOM]; b[size() - 1] = n; return n; }}"
    unit = '#define ROOM {room}\n#include "size.h"\n' + body + "\n"
    sources = {
        "size.h": "static int size(void) { return ROOM; }\n",
        "one.c": unit.format(room=4, name="one"),
        "two.c": unit.format(room=8, name="two"),
        **{f"{name}.py": BINDING.format(name=name) for name in ("one", "two")},
    }
    assert messages(tmp_path, sources) == []


def test_the_same_definition_twice_is_one(tmp_path: Path) -> None:
    same = "int pick(int n) { return n & 7; }\n"
    first = same + "int use_one(int n) { int t[4] = {0}; return t[pick(n)]; }\n"
    second = same + "int use_two(int n) { return pick(n); }\n"
    bindings = {f"{name}.py": BINDING.format(name=name) for name in ("one", "two")}
    (message,) = messages(tmp_path, {"one.c": first, "two.c": second, **bindings})
    assert "t[pick(n)]" in message


def test_owner_of_a_buffer(tmp_path: Path) -> None:
    body = """static PyObject *f(PyObject *self, PyObject *args) {
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "y*", &view)) return NULL;
    if (view.obj == NULL) return PyLong_FromLong(*(char *)NULL);
    PyBuffer_Release(&view);
    PyBuffer_Release(&view);
    if (view.obj != NULL) return PyLong_FromLong(*(char *)NULL);
    Py_RETURN_NONE;
}"""
    assert messages(tmp_path, {"m.c": MODULE.format(body=body)}) == []


def test_length_without_clean_sizes(tmp_path: Path) -> None:
    body = """static PyObject *f(PyObject *self, PyObject *args) {
    const char *text; int length;
    if (!PyArg_ParseTuple(args, "s#", &text, &length)) return NULL;
    return PyLong_FromLong(length);
}"""
    assert messages(tmp_path, {"m.c": MODULE.format(body=body)}) == []
    clean = messages(tmp_path, {"m.c": "#define PY_SSIZE_T_CLEAN\n" + MODULE.format(body=body)})
    assert len(clean) == 1  # the bytes written beyond the int
