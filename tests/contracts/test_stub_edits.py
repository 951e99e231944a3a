"""Stubs are files of the workspace: what is typed into one is compared at once, and comments silence what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

EXTENSION = """#include <Python.h>
static PyObject *f(PyObject *module, PyObject *value) { return value ? module : NULL; }
static PyMethodDef functions[] = {{"f", f, METH_O, NULL}, {NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "ext", NULL, 0, functions};
PyMODINIT_FUNC PyInit_ext(void) { return PyModule_Create(&definition); }
"""
RIGHT = "def f(value: object, /) -> object: ...\n"
WRONG = "def f() -> object: ...\n"


def test_an_edit_of_a_stub_is_seen_unsaved_and_saved(tmp_path: Path) -> None:
    (tmp_path / "ext.c").write_text(EXTENSION)
    stub = tmp_path / "ext.pyi"
    stub.write_text(RIGHT)
    session = Session(tmp_path, Settings(store=None))
    assert session.open({}).contracts == ()
    (unsaved,) = session.open({str(stub): WRONG}).contracts
    assert (unsaved.path, unsaved.code) == ("ext.pyi", "contract.stub")
    assert session.open({}).contracts == ()
    stub.write_text(WRONG)
    assert len(session.open({}).contracts) == 1
    stub.unlink()
    assert session.open({}).contracts == ()


@pytest.mark.parametrize("place", ["ext.pyi", "src/ext.pyi", "ext/__init__.pyi", "ext-stubs/__init__.pyi"])
def test_where_a_stub_may_stand(place: str, tmp_path: Path) -> None:
    (tmp_path / "ext.c").write_text(EXTENSION)
    stub = tmp_path / place
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.write_text(WRONG)
    assert [f.path for f in Session(tmp_path, Settings(store=None)).open({}).contracts] == [place]
    stub.with_suffix(".py").write_text("def f(): ...\n")  # what Python imports, and the stub is of
    assert Session(tmp_path, Settings(store=None)).open({}).contracts == ()


def test_a_comment_in_a_stub_silences_its_line(tmp_path: Path) -> None:
    (tmp_path / "ext.c").write_text(EXTENSION)
    (tmp_path / "ext.pyi").write_text(WRONG.rstrip() + "  # gnomon: ignore[contract.stub]\n")
    assert Session(tmp_path, Settings(store=None)).open({}).contracts == ()
