"""The boundary as editors ask for it."""

from __future__ import annotations

from pathlib import Path

from fixture import load
from gnomon.analysis.checking.client import WorkspaceFacts
from gnomon.server.features.boundary import answer
from gnomon.server.state import State

FILES = """
    //- ring.c
    int ring_push(int *ring, int value) { return 0; }
    static PyObject *count(PyObject *self, PyObject *x) { return x; }
    static PyMethodDef methods[] = {{"count", count, METH_O, NULL}, {NULL}};
    static struct PyModuleDef module = {0, "_ring", NULL, -1, methods};
    PyObject *PyInit__ring(void) { return PyModule_Create(&module); }
    //- use.py
    import ctypes
    import _ring
    lib = ctypes.CDLL("./build/libring.so")
    lib.ring_push.argtypes = [ctypes.c_void_p, ctypes.c_int]
    x = "\U0001f600"; lib.ring_push(None, 1)
    lib.ring_gone(2)
    _ring.count(3)
"""


def test_libraries_functions_and_callers(tmp_path: Path) -> None:
    fixture = load(tmp_path, FILES)
    state = State(tmp_path, "utf-16", WorkspaceFacts(fixture.facts, fixture.boundary))
    libraries = answer(state)["libraries"]
    assert [(library["name"], library["kind"]) for library in libraries] == [
        ("_ring", "extension"),
        ("libring.so", "ctypes"),
    ]
    (count,) = libraries[0]["functions"]
    assert (count["python"], count["native"], count["kind"]) == ("_ring.count", "count", "function")
    assert [caller["text"] for caller in count["callers"]] == ["_ring.count(3)"]
    gone, push = libraries[1]["functions"]
    assert (gone["native"], gone["location"], gone["truth"]) == ("ring_gone", None, "none")
    assert push["location"] == {
        "uri": (tmp_path / "ring.c").as_uri(),
        "range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 13}},
    }
    (caller,) = push["callers"]
    assert caller["location"]["range"]["start"] == {"line": 4, "character": 14}


def test_nothing_is_known_yet(tmp_path: Path) -> None:
    assert answer(State(tmp_path)) == {"libraries": []}
