"""Format strings of the C API while they are typed, and fields of ctypes structures."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnomon.analysis.navigation.completion import completion
from gnomon.analysis.navigation.signature import signature
from workspace import EXTENSION, Workspace, opened, typed

HEAD = "#include <Python.h>\nint f(PyObject *args) { int n; PyObject *o;\n"
STRUCTURE = """
//- lib.py
from ctypes import Structure, c_int, c_char_p
class Sample(Structure):
    _fields_ = [("value", c_int), ("label", c_char_p)]
"""


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened(tmp_path_factory.mktemp("extension"), EXTENSION)


@pytest.mark.parametrize(
    ("text", "name", "detail", "doc"),
    [
        ('PyArg_ParseTuple(args, "$0", &n); }', "i", "int *", "int"),
        ('PyArg_ParseTuple(args, "i$0", &n); }', "O!", "PyTypeObject *, PyObject **", "object"),
        ('PyArg_ParseTupleAndKeywords(a, o, "i|$0", k, &n); }', "s#", "const char **, Py_ssize_t *", "str | buffer"),
        ('return Py_BuildValue("$0", n); }', "n", "Py_ssize_t", ""),
        ('return Py_BuildValue("(i$0)", n); }', "s#", "const char *, Py_ssize_t", ""),
    ],
)  # fmt: skip
def test_units_are_offered(extension: Workspace, text: str, name: str, detail: str, doc: str) -> None:
    snapshot, at = typed(extension, "new.c", HEAD + text)
    found = {c.name: c for c in completion(snapshot, extension.index, extension.parsed, at)}
    assert (found[name].detail, found[name].doc) == (detail, doc)


@pytest.mark.parametrize(
    "text", ['PyArg_ParseTuple($0"i", &n); }', 'puts("$0"); }', 'PyArg_ParseTuple(args, "i", $0&n); }']
)
def test_nothing_is_offered_outside_of_formats(extension: Workspace, text: str) -> None:
    snapshot, at = typed(extension, "new.c", HEAD + text)
    assert completion(snapshot, extension.index, extension.parsed, at) == []


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ('PyArg_ParseTuple(args, "$0iO!|s:f", &n); }', "i: int *"),
        ('PyArg_ParseTuple(args, "iO!|s$0:f", &n); }', "s: const char **"),
        ('PyArg_ParseTuple(args, "iO!|s:f", $0); }', "i: int *"),
        ('PyArg_ParseTuple(args, "iO!|s:f", &n, $0); }', "O!: PyTypeObject *"),
        ('PyArg_ParseTuple(args, "iO!|s:f", &n, &T, $0); }', "O!: PyObject **"),
        ('PyArg_ParseTupleAndKeywords(args, o, "iO!|s:f", names, &n, &T, &o, $0); }', "s: const char **"),
        ('PyArg_ParseTuple(args, "i", &n, $0); }', ""),
        ('return Py_BuildValue("iO", n, $0); }', "O: PyObject *"),
    ],
)
def test_signature_of_a_format(extension: Workspace, text: str, active: str) -> None:
    snapshot, at = typed(extension, "new.c", HEAD + text)
    found = signature(snapshot, extension.index, extension.parsed, at)
    assert found is not None
    start, end = found.parameters[found.active] if found.active is not None else (0, 0)
    assert found.label[start:end] == active


@pytest.mark.parametrize("text", ['PyArg_ParseTuple($0args, "i", &n); }', "f($0); }", "$0"])
def test_no_signature_elsewhere(extension: Workspace, text: str) -> None:
    snapshot, at = typed(extension, "new.c", HEAD + text)
    assert signature(snapshot, extension.index, extension.parsed, at) is None


@pytest.mark.parametrize("text", ["s = Sample()\ns.$0", "Sample(1).$0", "def f(s: Sample):\n    s.$0\n"])
def test_fields_of_a_structure(tmp_path: Path, text: str) -> None:
    workspace = opened(tmp_path, STRUCTURE)
    snapshot, at = typed(workspace, "new.py", "from lib import Sample\n" + text)
    found = completion(snapshot, workspace.index, workspace.parsed, at)
    assert [(c.name, c.detail) for c in found] == [("value", "c_int"), ("label", "c_char_p")]
