/* Assigning to an item looks at both ends, as negative indices arrive as they are without a length. */
//~ run: bounds_item_set_below_fixed.Strip().__setitem__(-3, 7)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define ROOM 8

typedef struct {
    PyObject_HEAD
    long cells[ROOM];
} Strip;

static int strip_set(PyObject *self, Py_ssize_t index, PyObject *value) {
    if (index < 0 || index >= ROOM) {
        PyErr_SetString(PyExc_IndexError, "the strip has eight cells");
        return -1;
    }
    if (!value) {
        PyErr_SetString(PyExc_TypeError, "cells stay");
        return -1;
    }
    ((Strip *)self)->cells[index] = 1;
    return 0;
}

static PyObject *strip_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) { return type->tp_alloc(type, 0); }

static PySequenceMethods as_sequence = {.sq_ass_item = strip_set};
static PyTypeObject StripType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bounds_item_set_below_fixed.Strip",
    .tp_basicsize = sizeof(Strip),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = strip_new, .tp_as_sequence = &as_sequence,
};

static int execute(PyObject *module) {
    if (PyType_Ready(&StripType) < 0) return -1;
    if (PyModule_AddObjectRef(module, "Strip", (PyObject *)&StripType) < 0) return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "bounds_item_set_below_fixed", .m_slots = slots,
};
PyMODINIT_FUNC PyInit_bounds_item_set_below_fixed(void) { return PyModuleDef_Init(&definition); }
