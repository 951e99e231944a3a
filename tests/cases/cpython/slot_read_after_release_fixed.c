/* After release() there is nothing to read. */
//~ run: made = slot_read_after_release_fixed.Sample(); made.release(); made.peek()
//~ run: made = slot_read_after_release_fixed.Sample(); made.peek()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    short *values;
} Sample;

static PyObject *sample_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    Sample *self = (Sample *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->values = PyMem_Calloc(4, sizeof(short));
    if (!self->values) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static PyObject *sample_release(Sample *self, PyObject *ignored) {
    PyMem_Free(self->values);
    self->values = NULL;
    Py_RETURN_NONE;
}

static PyObject *sample_peek(Sample *self, PyObject *ignored) {
    if (!self->values) {
        PyErr_SetString(PyExc_ValueError, "released");
        return NULL;
    }
    return PyLong_FromLong(self->values[0]);
}

static void sample_dealloc(Sample *self) {
    PyMem_Free(self->values);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef sample_methods[] = {
    {"release", (PyCFunction)sample_release, METH_NOARGS, NULL},
    {"peek", (PyCFunction)sample_peek, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject sample_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_read_after_release_fixed.Sample",
    .tp_basicsize = sizeof(Sample),
    .tp_dealloc = (destructor)sample_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = sample_methods,
    .tp_new = sample_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_read_after_release_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_read_after_release_fixed(void) {
    if (PyType_Ready(&sample_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&sample_type);
    if (PyModule_AddObject(made, "Sample", (PyObject *)&sample_type) < 0) {
        Py_DECREF(&sample_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
