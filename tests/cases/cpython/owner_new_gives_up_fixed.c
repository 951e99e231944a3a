// A constructor that gives up lets go of what it has allocated.
//~ run: owner_new_gives_up_fixed.Range(-1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long last;
} Range;

static PyObject *range_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    Range *self = (Range *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    if (!PyArg_ParseTuple(args, "l", &self->last)) {
        Py_DECREF(self);
        return NULL;
    }
    if (self->last < 0) {
        PyErr_SetString(PyExc_ValueError, "last must not be negative");
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void range_dealloc(PyObject *self) {
    Py_TYPE(self)->tp_free(self);
}

static PyTypeObject range_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_new_gives_up_fixed.Range",
    .tp_basicsize = sizeof(Range),
    .tp_dealloc = range_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = range_new,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "owner_new_gives_up_fixed",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_owner_new_gives_up_fixed(void) {
    PyObject *made = PyModule_Create(&module);
    if (made == NULL)
        return NULL;
    if (PyType_Ready(&range_type) < 0 || PyModule_AddObjectRef(made, "Range", (PyObject *)&range_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
