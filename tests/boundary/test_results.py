"""What C functions give back, as their sources show, and where calls of Python lead by it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from gnomon.analysis.boundary.binding import Binding, Gives
from gnomon.analysis.checking.session import Session
from gnomon.analysis.checking.settings import Settings

EXTENSION = """
#include <Python.h>
typedef struct { PyObject_HEAD int value; } Item;
typedef struct { PyObject_HEAD PyTypeObject *cursor_type; } Box;
static PyTypeObject ItemType, BoxType;
static struct { PyTypeObject *cursor_type; } state;

static PyObject *item_of(PyTypeObject *type) { return type->tp_alloc(type, 0); }
static PyObject *box_item(PyObject *self, PyObject *none) {
    Item *item = PyObject_New(Item, &ItemType);
    if (item == NULL) return NULL;
    return (PyObject *)item;
}
static PyObject *box_find(PyObject *self, PyObject *key) {
    if (key == self) Py_RETURN_NONE;
    return item_of(&ItemType);
}
static PyObject *box_copy(PyObject *self, PyObject *none) { return item_of(Py_TYPE(self)); }
static PyObject *box_self(PyObject *self, PyObject *none) { Py_INCREF(self); return self; }
static PyObject *box_either(PyObject *self, PyObject *none) {
    return none ? box_item(self, none) : box_self(self, none);
}
static PyObject *box_size(PyObject *self, PyObject *none) { return PyLong_FromLong(3); }
static PyObject *box_mixed(PyObject *self, PyObject *none) {
    if (none) return PyLong_FromLong(3);
    return box_item(self, none);
}
static PyObject *box_cursor(PyObject *self, PyObject *none) {
    return (PyObject *)PyObject_New(Item, state.cursor_type);
}
static PyObject *box_made(PyObject *cls, PyObject *none) { return PyObject_CallNoArgs(cls); }
static PyObject *box_of(PyObject *cls, PyObject *none) { return item_of((PyTypeObject *)cls); }
static PyObject *box_first(PyObject *self, void *closure) { return box_item(self, NULL); }
static PyObject *box_add(PyObject *a, PyObject *b) { return item_of(Py_TYPE(a)); }
static PyObject *box_iter(PyObject *self) { Py_INCREF(self); return self; }
static PyObject *box_loop(PyObject *self, PyObject *none) { return none ? box_loop(self, NULL) : box_item(self, none); }
static PyObject *parsed(PyObject *module, PyObject *args) {
    PyObject *found = NULL;
    if (!PyArg_ParseTuple(args, "O", &found)) return NULL;
    return found;
}
static PyMethodDef item_methods[] = {{"value", box_size, METH_NOARGS, ""}, {0}};
static PyMethodDef box_methods[] = {
    {"item", box_item, METH_NOARGS, ""}, {"find", box_find, METH_O, ""}, {"copy", box_copy, METH_NOARGS, ""},
    {"self", box_self, METH_NOARGS, ""}, {"either", box_either, METH_NOARGS, ""}, {"size", box_size, METH_NOARGS, ""},
    {"mixed", box_mixed, METH_NOARGS, ""}, {"cursor", box_cursor, METH_NOARGS, ""},
    {"made", box_made, METH_NOARGS | METH_CLASS, ""}, {"of", box_of, METH_NOARGS | METH_CLASS, ""},
    {"loop", box_loop, METH_NOARGS, ""}, {0}};
static PyGetSetDef box_getters[] = {{"first", box_first, NULL, NULL, NULL}, {0}};
static PyNumberMethods box_number = {.nb_add = box_add, .nb_inplace_add = box_add};
static PyTypeObject ItemType = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "ext.Item", .tp_methods = item_methods};
static PyTypeObject BoxType = {PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "ext.Box", .tp_methods = box_methods,
    .tp_getset = box_getters, .tp_as_number = &box_number, .tp_iter = box_iter, .tp_iternext = box_iter};
static PyType_Slot cursor_slots[] = {{Py_tp_methods, item_methods}, {0, NULL}};
static PyType_Spec cursor_spec = {"ext.Cursor", sizeof(Item), 0, Py_TPFLAGS_DEFAULT, cursor_slots};
static PyMethodDef functions[] = {{"parsed", parsed, METH_VARARGS, ""}, {0}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "ext", NULL, -1, functions};
PyMODINIT_FUNC PyInit_ext(void) {
    PyObject *module = PyModule_Create(&definition);
    PyObject *made = PyType_FromSpec(&cursor_spec);
    if (!made) return NULL;
    state.cursor_type = (PyTypeObject *)made;
    PyModule_AddObject(module, "Item", (PyObject *)&ItemType);
    PyModule_AddObject(module, "Box", (PyObject *)&BoxType);
    return module;
}
"""


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> list[Binding]:
    return opened(tmp_path_factory.mktemp("results"), "")


def opened(folder: Path, python: str) -> list[Binding]:
    (folder / "setup.py").write_text('setup(ext_modules=[Extension("ext", ["ext.c"])])\n')
    (folder / "ext.c").write_text(EXTENSION)
    (folder / "use.py").write_text(textwrap.dedent(python))
    return list(Session(folder, Settings(store=None)).open({}).boundary.bindings)


ITEM, SELF = Gives(("ext.Item",), False, True), Gives((), True, True)


@pytest.mark.parametrize(
    ("name", "gives"),
    [
        ("Box.item", ITEM),
        ("Box.find", ITEM),
        ("Box.copy", SELF),
        ("Box.self", SELF),
        ("Box.either", Gives(("ext.Item",), True, True)),
        ("Box.size", None),
        ("Box.mixed", Gives(("ext.Item",), False, False)),
        ("Box.cursor", Gives(("ext.Cursor",), False, True)),
        ("Box.made", None),  # whatever calling the class gives: a subclass may have changed that
        ("Box.of", SELF),
        ("Box.loop", ITEM),
        ("Box.first", ITEM),
        ("Box.__add__", SELF),
        ("parsed", None),
    ],
)
def test_gives(extension: list[Binding], name: str, gives: Gives | None) -> None:
    assert [b.gives for b in extension if b.python == f"ext.{name}"] == [gives]


def uses(folder: Path, python: str, name: str) -> tuple[list[int], list[int]]:
    """Lines of certain and of possible uses of a name."""
    (binding,) = [b for b in opened(folder, python) if b.python == f"ext.{name}"]
    return [use.line for use in binding.uses], [use.line for use in binding.possible_uses]


def test_results_are_followed(tmp_path: Path) -> None:
    python = """\
    from ext import Box, parsed
    box = Box()
    box.item().value()
    found = box.find(3)
    found.value()
    box.copy().item().value()
    (box + box).item().value()
    box.first.value()
    for one in box:
        one.item().value()
    Box.of().item().value()
    box.mixed().value()
    box.either().value()
    parsed(box).value()
    box += box
    box.item().value()
    """
    assert uses(tmp_path, python, "Item.value") == ([3, 5, 6, 7, 8, 10, 11, 16], [12, 13])


def test_a_copy_of_a_subclass_is_one(tmp_path: Path) -> None:
    python = """\
    from ext import Box
    class Mine(Box):
        def item(self):
            return 3
    Mine().copy().item()
    Mine().copy().copy().self()
    """
    assert uses(tmp_path, python, "Box.item") == ([], [])
    (tmp_path / "other").mkdir()
    assert uses(tmp_path / "other", python, "Box.self") == ([6], [])
