/* After close() there is no buffer any more. */
//~ run: made = slot_closed_twice_fixed.Buffer(8); made.close()
//~ run: made = slot_closed_twice_fixed.Buffer(8); made.close(); made.close()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    char *data;
} Buffer;

static PyObject *buffer_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    int size;
    if (!PyArg_ParseTuple(args, "i:Buffer", &size)) return NULL;
    if (size < 0 || size > 4096) {
        PyErr_SetString(PyExc_ValueError, "0 to 4096 bytes");
        return NULL;
    }
    Buffer *self = (Buffer *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->data = PyMem_Malloc((size_t)size);
    if (!self->data) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static void buffer_dealloc(Buffer *self) {
    PyMem_Free(self->data);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *buffer_close(Buffer *self, PyObject *ignored) {
    if (self->data) {
        PyMem_Free(self->data);
        self->data = NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef buffer_methods[] = {
    {"close", (PyCFunction)buffer_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject buffer_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_closed_twice_fixed.Buffer",
    .tp_basicsize = sizeof(Buffer),
    .tp_dealloc = (destructor)buffer_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = buffer_methods,
    .tp_new = buffer_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_closed_twice_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_closed_twice_fixed(void) {
    if (PyType_Ready(&buffer_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&buffer_type);
    if (PyModule_AddObject(made, "Buffer", (PyObject *)&buffer_type) < 0) {
        Py_DECREF(&buffer_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
