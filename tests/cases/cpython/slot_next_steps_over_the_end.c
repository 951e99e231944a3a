/* Every second letter: the step goes over the end, which is met only exactly. */
//~ run: made = slot_next_steps_over_the_end.Pairs(3); next(made); next(made)
//~ run: made = slot_next_steps_over_the_end.Pairs(2); next(made); next(made, None)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    unsigned char *values;
    int count, at;
} Pairs;

static int pairs_init(Pairs *self, PyObject *args, PyObject *kwds) {
    int count;
    if (!PyArg_ParseTuple(args, "i:Pairs", &count)) return -1;
    if (count < 1 || count > 8 || self->values) {
        PyErr_SetString(PyExc_ValueError, "1 to 8 values, once");
        return -1;
    }
    self->values = PyMem_Calloc((size_t)count, 1);
    if (!self->values) {
        PyErr_NoMemory();
        return -1;
    }
    self->count = count;
    return 0;
}

static void pairs_dealloc(Pairs *self) {
    PyMem_Free(self->values);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *pairs_next(Pairs *self) {
    if (self->at == self->count) return NULL;
    int value = self->values[self->at] * 256 + self->values[self->at + 1];  //~ error[bounds.read]
    self->at += 2;
    return PyLong_FromLong(value);
}

static PyTypeObject pairs_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_next_steps_over_the_end.Pairs",
    .tp_basicsize = sizeof(Pairs),
    .tp_dealloc = (destructor)pairs_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)pairs_next,
    .tp_init = (initproc)pairs_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_next_steps_over_the_end", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_next_steps_over_the_end(void) {
    if (PyType_Ready(&pairs_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&pairs_type);
    if (PyModule_AddObject(made, "Pairs", (PyObject *)&pairs_type) < 0) {
        Py_DECREF(&pairs_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
