"""What is kept between joins gives the edges that a join from nothing gives."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.boundary import kept as boundary_kept
from gnomon.analysis.boundary.edges import bindings
from gnomon.analysis.boundary.kept import Kept
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.uses import PythonUses
from gnomon.analysis.syntax.python import Expression
from gnomon.analysis.workspace import Snapshot

WORKSPACE = """
//- ext.c
static PyObject *count(PyObject *s, PyObject *a) { return a; }
static PyMethodDef methods[] = {{"count", count, METH_O, ""}, {0}};
static PyModuleDef def = {PyModuleDef_HEAD_INIT, "ext", 0, -1, methods};
PyObject *PyInit_ext(void) { return PyModule_Create(&def); }
//- pkg/__init__.py
from ext import count
//- pkg/deep.py
from pkg import *
//- use.py
import pkg.deep
pkg.deep.count(1)
//- lone.py
from ext import count
count(2)
"""
LINES = [
    "from ext import count", "from pkg import *", "import pkg", "count(1)", "pkg.count(1)", "count = 1", "def f():",
    "    return count", "f()(1)", "import pkg.deep as d", "d.count(3)", "class A: count = 1", "del count",
]  # fmt: skip


def test_edits_in_any_order(tmp_path: Path) -> None:
    fixture = load(tmp_path, WORKSPACE)
    kept, chance = Kept(), random.Random(7)
    overlays: dict[str, str] = {}
    seen = set()
    for _ in range(150):
        path = chance.choice(fixture.snapshot.python_files)
        overlays[path] = "\n".join(chance.choices(LINES, k=chance.randrange(5)))
        snapshot = Snapshot.of(tmp_path, overlays)
        fresh = bindings(snapshot, fixture.facts)
        found = bindings(snapshot, fixture.facts, kept=kept)
        assert found == fresh
        assert repr(found.bindings) == repr(fresh.bindings)  # with what is left out of comparisons
        seen.add(fresh)
    assert len(seen) > 15


TABLES = {
    "dll.py": """
from ctypes import CDLL, c_int
class Library:
    def __init__(self, path):
        self.handle = CDLL(path)
    def bind(self, name, types):
        f = getattr(self.handle, name)
        f.argtypes = types
        return f
class Row:
    def __init__(self, name, types=None):
        self.name = name
        self.types = types
bind = Library("./libring.so").bind
""",
    "m.py": """
from ctypes import c_int, c_long
from dll import Row, bind
ROWS = [Row("push", [c_int]), Row("pop", types=[c_long])]
native = {}
for row in ROWS:
    native[row.name] = bind(row.name, row.types)
push = native["push"]
def use():
    native["pop"](1)
""",
    "use.py": "from m import push\npush(3)\n",
}
CHANGES = [
    ("push", "pop"), ("c_int", "c_long"), ("row", "each"), ("Row(", "bind("), ("libring", "libz"), ("name", "types"),
    ("self.types", "self.more"), ("bind", "Library"), ("native", "kept"), ("[", "("), ("\n", "\n\n"), ("f.ar", "f.re"),
]  # fmt: skip


def test_edits_of_tables_and_of_what_binds_them(tmp_path: Path) -> None:
    fixture = load(tmp_path, "".join(f"//- {name}\n{text}" for name, text in TABLES.items()))
    kept, chance, seen = Kept(), random.Random(5), set()
    for _ in range(200):
        overlays = {}
        for name in chance.choices([*TABLES], k=2):
            text = TABLES[name]
            for _ in range(chance.randrange(3)):
                old, new = chance.choice(CHANGES)
                at = chance.randrange(len(text))
                text = text[:at] + text[at:].replace(old, new, 1)
            overlays[str(tmp_path / name)] = text
        snapshot = Snapshot.of(tmp_path, overlays)
        fresh = bindings(snapshot, fixture.facts)
        found = bindings(snapshot, fixture.facts, kept=kept)
        assert repr(found.bindings) == repr(fresh.bindings)
        seen.add(fresh)
    assert len(seen) > 15


LARGE = """
from ctypes import CDLL, Structure, c_int
import ext
lib = CDLL("./libring.so")
lib.push.argtypes = [c_int]
def made():
    here = ext
    return here
def bind(name, *types):
    f = getattr(lib, name)
    f.argtypes = types
class Pair(Structure):
    _fields_ = [("a", c_int)]
class Test(object):
    def setUp(self):
        self.e = ext
    @staticmethod
    def apart(e):
        e.count(1)
    def test(self):
        self.e.count(2); lib.push(3)
        local = made()
        local.count(4)
bind("pop", c_int)
for name in ["peek", "drop"]:
    getattr(lib, name).restype = c_int
if True:
    def inner():
        return made().count(5)
"""
PIECES = [
    "",
    "\n",
    "# a\n",
    "    ",
    "ext",
    "lib",
    "self.e = 1\n",
    "        made().count(6)\n",
    "c_int",
    "count",
    "x = 1\n",
]


def test_edits_anywhere_in_a_large_file(tmp_path: Path) -> None:
    fixture = load(
        tmp_path, WORKSPACE + "//- large.py\n" + LARGE + "//- after.py\nfrom large import made\nmade().count(7)\n"
    )
    kept, chance = Kept(), random.Random(11)
    path, seen = str(tmp_path / "large.py"), set()
    text = LARGE
    for _ in range(400):
        at = chance.randrange(len(text))
        end = at + chance.choice([0, 0, 1, 4])
        text = text[:at] + chance.choice(PIECES) + text[end:]
        if chance.random() < 0.3:
            text = LARGE
        snapshot = Snapshot.of(tmp_path, {path: text})
        fresh = bindings(snapshot, fixture.facts)
        found = bindings(snapshot, fixture.facts, kept=kept)
        assert found == fresh
        assert repr(found.bindings) == repr(fresh.bindings)  # with what is left out of comparisons
        seen.add(fresh)
    assert len(seen) > 50


def test_an_edit_evaluates_the_edited_statement_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture = load(tmp_path, WORKSPACE + "//- large.py\n" + LARGE)
    evaluated: list[str] = []
    real = boundary_kept.uses_of

    def counted(expressions: Iterable[Expression], names: Names) -> PythonUses:
        listed = list(expressions)
        evaluated.extend({each.scope.name for each in listed} - {"large", "large.Test"})
        return real(listed, names)

    monkeypatch.setattr(boundary_kept, "uses_of", counted)
    kept, path = Kept(), str(tmp_path / "large.py")
    bindings(Snapshot.of(tmp_path, {}), fixture.facts, kept=kept)
    evaluated.clear()
    bindings(Snapshot.of(tmp_path, {path: "\n\n" + LARGE.replace("count(4)", "count(44)")}), fixture.facts, kept=kept)
    assert "large.Test.test" in evaluated
    assert not {"large.Test.apart", "large.made", "large.Test.setUp", "lone"} & set(evaluated)


def test_an_edit_evaluates_the_edited_module_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture = load(tmp_path, WORKSPACE)
    evaluated: list[str] = []
    real = boundary_kept.uses_of

    def counted(expressions: Iterable[Expression], names: Names) -> PythonUses:
        listed = list(expressions)
        evaluated.extend(each.scope.module.name for each in listed)
        return real(listed, names)

    monkeypatch.setattr(boundary_kept, "uses_of", counted)
    kept, package = Kept(), str(tmp_path / "pkg" / "__init__.py")
    for text, expected in [
        ("from ext import count\n", {"pkg", "pkg.deep", "use", "lone"}),
        ("from ext import count\nprint(count(4))\n", {"pkg"}),
        ("from ext import count\ncount = 4\n", {"pkg", "pkg.deep", "use"}),
    ]:
        evaluated.clear()
        bindings(Snapshot.of(tmp_path, {package: text}), fixture.facts, kept=kept)
        assert set(evaluated) == expected
