"""Calls that were looked at are remembered by their text: an edit of the call, or of the C side, has them looked at."""

from __future__ import annotations

from pathlib import Path

from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

EXTENSION = """#include <Python.h>
static PyObject *f(PyObject *module, PyObject *value) { return value ? module : NULL; }
static PyMethodDef functions[] = {{"f", f, METH_O, NULL}, {NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "ext", NULL, 0, functions};
PyMODINIT_FUNC PyInit_ext(void) { return PyModule_Create(&definition); }
"""


def test_what_is_known_of_a_call_holds_for_its_text_alone(tmp_path: Path) -> None:
    c, python = str(tmp_path / "ext.c"), str(tmp_path / "use.py")
    Path(c).write_text(EXTENSION)
    session = Session(tmp_path, Settings(store=None))

    def wrong(text: str, extension: str = EXTENSION) -> list[int]:
        overlays = {python: "import ext\n" + text, c: extension}
        return [f.line for f in session.open(overlays).contracts if f.code == "contract.arity"]

    assert wrong("ext.f(1)\n") == []
    assert wrong("ext.f(1)\next.f(1, 2)\next.f(1)\n") == [3]
    assert wrong("try:\n    ext.f(1, 2)\nexcept TypeError:\n    pass\n") == []
    assert wrong("ext.f(1, 2)\n") == [2]
    assert wrong("ext.f(1, (\n2))\n") == [2]
    assert wrong("ext.f((1,\n2))\n") == []
    assert wrong("ext.f((1,\n2), 3)\n") == [2]
    assert wrong("ext.f(1)\n", EXTENSION.replace("METH_O", "METH_NOARGS")) == [2]
