/* An iterator asks how many steps there are each time. */
//~ run: made = slot_next_after_change_fixed.Ladder(9); taken = iter(made); made.cut(0); list(taken)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    Py_ssize_t count;
    long *steps;
} Ladder;

typedef struct {
    PyObject_HEAD
    Ladder *ladder;
    Py_ssize_t at;
} Climb;

static PyObject *ladder_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    int count;
    if (!PyArg_ParseTuple(args, "i:Ladder", &count)) return NULL;
    if (count < 1 || count > 99) {
        PyErr_SetString(PyExc_ValueError, "a ladder has 1 to 99 steps");
        return NULL;
    }
    Ladder *self = (Ladder *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->steps = PyMem_Calloc((size_t)count, sizeof(long));
    if (!self->steps) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->count = count;
    return (PyObject *)self;
}

static PyObject *ladder_cut(Ladder *self, PyObject *args) {
    int count;
    if (!PyArg_ParseTuple(args, "i:cut", &count)) return NULL;
    if (count < 0 || count >= self->count) Py_RETURN_NONE;
    long *steps = PyMem_Realloc(self->steps, (size_t)count * sizeof(long));
    if (!steps) return PyErr_NoMemory();
    self->steps = steps;
    self->count = count;
    Py_RETURN_NONE;
}

static void ladder_dealloc(Ladder *self) {
    PyMem_Free(self->steps);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *climb_next(Climb *self) {
    if (self->at >= self->ladder->count) return NULL;
    return PyLong_FromLong(self->ladder->steps[self->at++]);
}

static void climb_dealloc(Climb *self) {
    Py_DECREF(self->ladder);
    PyObject_Free(self);
}

static PyTypeObject climb_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_next_after_change_fixed.Climb",
    .tp_basicsize = sizeof(Climb),
    .tp_dealloc = (destructor)climb_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)climb_next,
};

static PyObject *ladder_iter(Ladder *self) {
    Climb *made = PyObject_New(Climb, &climb_type);
    if (!made) return NULL;
    Py_INCREF(self);
    made->ladder = self;
    made->at = 0;
    return (PyObject *)made;
}

static PyMethodDef ladder_methods[] = {{"cut", (PyCFunction)ladder_cut, METH_VARARGS, "So many are left."}, {NULL}};
static PyTypeObject ladder_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_next_after_change_fixed.Ladder",
    .tp_basicsize = sizeof(Ladder),
    .tp_dealloc = (destructor)ladder_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = (getiterfunc)ladder_iter,
    .tp_methods = ladder_methods,
    .tp_new = ladder_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_next_after_change_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_next_after_change_fixed(void) {
    if (PyType_Ready(&ladder_type) < 0 || PyType_Ready(&climb_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&ladder_type);
    if (PyModule_AddObject(made, "Ladder", (PyObject *)&ladder_type) < 0) {
        Py_DECREF(&ladder_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
