/* A chain owns its links once. */
//~ run: made = slot_traverse_visits_twice_fixed.Chain(Any(), Any()); gc.collect()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *first, *second;
    PyObject *last;  /* one of them */
} Chain;

static int chain_set(Chain *self, PyObject *args, PyObject *kwds) {
    PyObject *first, *second = NULL;
    if (!PyArg_ParseTuple(args, "O|O:Chain", &first, &second)) return -1;
    Py_XINCREF(second);
    Py_XSETREF(self->second, second);
    Py_INCREF(first);
    Py_XSETREF(self->first, first);
    self->last = second ? second : first;
    return 0;
}

static int chain_traverse(Chain *self, visitproc visit, void *arg) {
    Py_VISIT(self->first);
    Py_VISIT(self->second);
    return 0;
}

static int chain_clear(Chain *self) {
    self->last = NULL;
    Py_CLEAR(self->first);
    Py_CLEAR(self->second);
    return 0;
}

static void chain_dealloc(Chain *self) {
    PyObject_GC_UnTrack(self);
    chain_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject chain_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_traverse_visits_twice_fixed.Chain",
    .tp_basicsize = sizeof(Chain),
    .tp_dealloc = (destructor)chain_dealloc,
    .tp_traverse = (traverseproc)chain_traverse,
    .tp_clear = (inquiry)chain_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)chain_set,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_traverse_visits_twice_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_traverse_visits_twice_fixed(void) {
    if (PyType_Ready(&chain_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&chain_type);
    if (PyModule_AddObject(made, "Chain", (PyObject *)&chain_type) < 0) {
        Py_DECREF(&chain_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
