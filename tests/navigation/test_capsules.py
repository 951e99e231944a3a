"""Pointers that one extension hands to another in a capsule."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.navigation.code_lenses import code_lenses, shown
from gnomon.analysis.navigation.definition import definition
from gnomon.analysis.navigation.references import references
from gnomon.analysis.navigation.rename import Refusal, prepare_rename
from workspace import Workspace, opened

SOURCES = """
//- api.h
#define RING_API "ring._C_API"
//- ring.c
#include <Python.h>
#include "api.h"
typedef struct { int (*push)(int); } RingAPI;
static RingAPI api = {0};
static int filled(int a) { return a; }
void start(PyObject *m, char *local) {
    PyModule_AddObject(m, "_C_API", PyCapsule_New((void *)&api, RING_API, NULL));
    PyModule_AddObject(m, "filled", PyCapsule_New((void *)filled, "ring.filled", NULL));
    PyCapsule_New(local, "double (double)", NULL);
}
//- user.c
#include <Python.h>
#include "api.h"
int load(PyObject *c) {
    void *api = PyCapsule_Import("ring._C_API", 0);
    return api && PyCapsule_IsValid(c, RING_API) && PyCapsule_GetPointer(c, "other.name") != NULL;
}
//- m.py
import ring
ring._C_API
"""
USES = ["m.py:2:6 _C_API", "user.c:4:35 ring._C_API", "user.c:5:40 RING_API"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return opened(tmp_path, SOURCES)


def test_edges(workspace: Workspace) -> None:
    found = [(b.python, b.kind, b.native, b.signature) for b in workspace.index.boundary.bindings]
    assert found == [
        ("ring._C_API", "capsule", "api", "static RingAPI api"),
        ("ring.filled", "capsule", "filled", "int filled(int a)"),
    ]


@pytest.mark.parametrize(("file", "text"), [("user.c", "ring._C_API"), ("user.c", "RING_API)"), ("m.py", "_C_API")])
def test_from_its_name_to_what_it_holds(workspace: Workspace, file: str, text: str) -> None:
    at = workspace.at(file, text)
    assert [workspace.shown(s) for s in definition(workspace.snapshot, workspace.index.boundary, at)] == [
        "ring.c:4:16 api"
    ]
    places = [workspace.shown(s) for s in references(workspace.snapshot, workspace.index, at)]
    assert places == [USES[0], "ring.c:4:16 api", "ring.c:7:65 RING_API", *USES[1:]]


def test_from_what_it_holds_to_who_asks_for_it(workspace: Workspace) -> None:
    at = workspace.at("ring.c", "api = {0}")
    assert [workspace.shown(s) for s in definition(workspace.snapshot, workspace.index.boundary, at)] == USES
    lenses = code_lenses(workspace.snapshot, workspace.index, at.path)
    titles = [shown(workspace.snapshot, workspace.index, at.path, lens.native, lens.bound) for lens in lenses]
    assert [(lens.at.line, said and said.title) for lens, said in zip(lenses, titles, strict=True)] == [
        (4, "handed out as ring._C_API"),
        (5, "handed out as ring.filled"),
    ]


def test_its_name_is_not_renamed(workspace: Workspace) -> None:
    for file, text in [("m.py", "_C_API"), ("ring.c", "filled(int")]:
        found = prepare_rename(workspace.snapshot, workspace.index, workspace.parsed, workspace.at(file, text))
        assert isinstance(found, Refusal) and "handed out in a capsule" in found.reason
