"""Instances of extension types, followed to the methods that C implements."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import load

EXTENSION = """
//- setup.py
setup(ext_modules=[Extension("_ext", ["ext.c"])])
//- ext.c
static PyObject *count(PyObject *s, PyObject *a) { return a; }
static PyMethodDef methods[] = {{"count", count, METH_O, ""}, {0}};
static PyTypeObject T = {.tp_name = "_ext.T", .tp_basicsize = 40, .tp_methods = methods};
static PyModuleDef def = {PyModuleDef_HEAD_INIT, "_ext", 0, -1, 0};
PyObject *PyInit__ext(void) { PyModule_AddObject(m, "T", (PyObject *)&T); return 0; }
//- use.py
from _ext import T
"""


def _lines(folder: Path, source: str) -> list[int]:
    fixture = load(folder, EXTENSION + source)
    (binding,) = [b for b in fixture.boundary.bindings if b.kind == "method"]
    return [use.line - 1 for use in binding.uses]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = T()\nx.count(1)", [2]),
        ("T().count(1)\nT.count(x, 1)", [1, 2]),
        ("def f(x: T):\n    x.count(1)", [2]),
        ("class A(T):\n    def f(self):\n        self.count(1)\nA().count(1)", [3, 4]),
        ("class A(T):\n    pass\nclass B(A):\n    pass\nB().count(1)", [5]),
        ("class A:\n    def __init__(self):\n        self.x = T()\n    def f(self):\n        self.x.count(1)", [5]),
        ("def make():\n    return T()\nmake().count(1)", [3]),
        ("for x in [T(), T()]:\n    x.count(1)", [2]),
        ("def all():\n    yield T()\n    yield T()\nfor x in all():\n    x.count(1)", [5]),
        (
            "class A:\n    @staticmethod\n    def all():\n        yield T()\n    def f(self):\n"
            "        for x in self.all():\n            x.count(1)",
            [7],
        ),
        ("[x.count(1) for x in (T(), T())]", [1]),
    ],
)
def test_followed(tmp_path: Path, source: str, lines: list[int]) -> None:
    assert _lines(tmp_path, source) == lines


@pytest.mark.parametrize(
    "source",
    [
        "x = T()\nx = other()\nx.count(1)",
        "class A(T):\n    def count(self, x):\n        pass\nA().count(1)",
        "class A(unknown, T):\n    pass\nA().count(1)",
        "def make(y):\n    if y:\n        return T()\n    return y\nmake(1).count(1)",
        "@wrap\ndef make():\n    return T()\nmake().count(1)",
        "for x in [T(), other()]:\n    x.count(1)",
        "def make():\n    yield T()\nmake().count(1)",
        "def f(x: 'list[T]'):\n    x.count(1)",
    ],
)
def test_what_is_not_certain_is_no_use(tmp_path: Path, source: str) -> None:
    assert _lines(tmp_path, source) == []
