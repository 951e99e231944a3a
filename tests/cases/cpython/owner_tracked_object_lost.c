/* A constructor gives up without giving back the object that the collector tracks. */
//~ run: owner_tracked_object_lost.Pair(None)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *before, *after;
} Pair;

static PyObject *pair_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    PyObject *before, *after = NULL;
    if (!PyArg_ParseTuple(args, "O|O:Pair", &before, &after)) return NULL;
    Pair *self = (Pair *)type->tp_alloc(type, 0);  //~ error[owner.leak]
    if (!self) return NULL;
    if (!after) {
        PyErr_SetString(PyExc_ValueError, "a pair has two");
        return NULL;
    }
    Py_INCREF(before);
    self->before = before;
    Py_INCREF(after);
    self->after = after;
    return (PyObject *)self;
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
    pair_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject pair_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_tracked_object_lost.Pair",
    .tp_basicsize = sizeof(Pair),
    .tp_dealloc = (destructor)pair_dealloc,
    .tp_traverse = (traverseproc)pair_traverse,
    .tp_clear = (inquiry)pair_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = pair_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_tracked_object_lost", .m_size = -1};
PyMODINIT_FUNC PyInit_owner_tracked_object_lost(void) {
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
