"""What is kept between joins gives the edges that a join from nothing gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fixture import load
from gnomon.analysis.boundary import edges
from gnomon.analysis.boundary.edges import Kept, bindings
from gnomon.analysis.boundary.names import Names
from gnomon.analysis.boundary.uses import PythonUses
from gnomon.analysis.syntax.python import PythonModule
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
        assert bindings(snapshot, fixture.facts, kept=kept) == fresh
        seen.add(fresh)
    assert len(seen) > 15


def test_an_edit_evaluates_the_edited_module_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture = load(tmp_path, WORKSPACE)
    evaluated: list[str] = []
    real = edges.uses_of

    def counted(module: PythonModule, names: Names) -> PythonUses:
        evaluated.append(module.name)
        return real(module, names)

    monkeypatch.setattr(edges, "uses_of", counted)
    kept, package = Kept(), str(tmp_path / "pkg" / "__init__.py")
    for text, expected in [
        ("from ext import count\n", {"pkg", "pkg.deep", "use", "lone"}),
        ("from ext import count\nprint(count(4))\n", {"pkg"}),
        ("from ext import count\ncount = 4\n", {"pkg", "pkg.deep", "use"}),
    ]:
        evaluated.clear()
        bindings(Snapshot.of(tmp_path, {package: text}), fixture.facts, kept=kept)
        assert set(evaluated) == expected
