/* A box gives an item, a number or nothing: only of items anything is called. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long numbers[8];
} Item;

typedef struct {
    PyObject_HEAD
} Box;

static PyObject *item_total(Item *self, PyObject *none) {
    long total = 0;
    for (int i = 0; i < 8; ++i) total |= self->numbers[i];
    return PyLong_FromLong(total);
}

static PyMethodDef item_methods[] = {{"total", (PyCFunction)item_total, METH_NOARGS, "Of all bits."}, {NULL}};
static PyTypeObject item_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given_some_items.Item",
    .tp_basicsize = sizeof(Item),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = item_methods,
};

static PyObject *box_find(Box *self, PyObject *key) {
    if (key == Py_None) Py_RETURN_NONE;
    if (PyLong_Check(key)) return PyLong_FromLong(3);
    Item *made = PyObject_New(Item, &item_type);
    if (!made) return NULL;
    for (int i = 0; i < 8; ++i) made->numbers[i] = i;
    return (PyObject *)made;
}

static PyObject *box_next(Box *self) {
    if (Py_REFCNT(self) > 2) return NULL;
    return box_find(self, (PyObject *)self);
}

static PyMethodDef box_methods[] = {{"find", (PyCFunction)box_find, METH_O, "An item, often."}, {NULL}};
static PyTypeObject box_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given_some_items.Box",
    .tp_basicsize = sizeof(Box),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = box_methods,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)box_next,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "given_some_items", .m_size = -1};
PyMODINIT_FUNC PyInit_given_some_items(void) {
    if (PyType_Ready(&box_type) < 0 || PyType_Ready(&item_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&box_type);
    if (PyModule_AddObject(made, "Box", (PyObject *)&box_type) < 0) {
        Py_DECREF(&box_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
