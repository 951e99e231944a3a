/* Who refers to a pair weakly, learns that it has gone. */
//~ run: made = slot_weak_references_left_fixed.Pair(None, None); gone = []; seen = __import__('weakref').ref(made, gone.append); del made
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>

typedef struct {
    PyObject_HEAD
    PyObject *before, *after;
    PyObject *seen_by;  /* weak references */
} Pair;

static int pair_set(Pair *self, PyObject *args, PyObject *kwds) {
    PyObject *before, *after = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:Pair", &before, &after)) return -1;
    Py_INCREF(before);
    Py_XSETREF(self->before, before);
    Py_INCREF(after);
    Py_XSETREF(self->after, after);
    return 0;
}

static int pair_traverse(Pair *self, visitproc visit, void *arg) {
    Py_VISIT(self->before);
    Py_VISIT(self->after);
    return 0;
}

static int pair_clear(Pair *self) {
    Py_CLEAR(self->before);
    Py_CLEAR(self->after);
    return 0;
}

static void pair_dealloc(Pair *self) {
    PyObject_GC_UnTrack(self);
    if (self->seen_by) PyObject_ClearWeakRefs((PyObject *)self);
    pair_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject pair_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_weak_references_left_fixed.Pair",
    .tp_basicsize = sizeof(Pair),
    .tp_dealloc = (destructor)pair_dealloc,
    .tp_weaklistoffset = offsetof(Pair, seen_by),
    .tp_traverse = (traverseproc)pair_traverse,
    .tp_clear = (inquiry)pair_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)pair_set,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_weak_references_left_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_weak_references_left_fixed(void) {
    if (PyType_Ready(&pair_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&pair_type);
    if (PyModule_AddObject(made, "Pair", (PyObject *)&pair_type) < 0) {
        Py_DECREF(&pair_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
