/* The place behind the last one is the first: eight places, but modulo nine. */
//~ run: made = bounds_ring_of_eight.Ring(7); made.put(1); made.put(1)
//~ run: made = bounds_ring_of_eight.Ring(0); made.put(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum { PLACES = 8 };

typedef struct {
    PyObject_HEAD
    int *values;
    int at;
} Ring;

static PyObject *ring_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    int start;
    if (!PyArg_ParseTuple(args, "i:Ring", &start)) return NULL;
    if (start < 0 || start >= PLACES) {
        PyErr_SetString(PyExc_ValueError, "a place is 0 to 7");
        return NULL;
    }
    Ring *self = (Ring *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->values = PyMem_Calloc(PLACES, sizeof(int));
    if (!self->values) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->at = start;
    return (PyObject *)self;
}

static PyObject *ring_put(Ring *self, PyObject *args) {
    int value;
    if (!PyArg_ParseTuple(args, "i:put", &value)) return NULL;
    self->values[self->at] = value;  //~ error[bounds.write]
    self->at = (self->at + 1) % (PLACES + 1);
    Py_RETURN_NONE;
}

static void ring_dealloc(Ring *self) {
    PyMem_Free(self->values);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef ring_methods[] = {
    {"put", (PyCFunction)ring_put, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ring_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bounds_ring_of_eight.Ring",
    .tp_basicsize = sizeof(Ring),
    .tp_dealloc = (destructor)ring_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = ring_methods,
    .tp_new = ring_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_ring_of_eight", .m_size = -1};
PyMODINIT_FUNC PyInit_bounds_ring_of_eight(void) {
    if (PyType_Ready(&ring_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&ring_type);
    if (PyModule_AddObject(made, "Ring", (PyObject *)&ring_type) < 0) {
        Py_DECREF(&ring_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
