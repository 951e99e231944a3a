/* -1 is no hash: -2 takes its place. */
//~ run: made = slot_hash_of_minus_one_fixed.Point(0, 1); hash(made)
//~ run: made = slot_hash_of_minus_one_fixed.Point(0, 9); hash(made)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int x, y;
} Point;

static int point_init(Point *self, PyObject *args, PyObject *kwds) {
    return PyArg_ParseTuple(args, "ii:Point", &self->x, &self->y) ? 0 : -1;
}

static Py_hash_t point_hash(Point *self) {
    Py_hash_t hash = (Py_hash_t)self->x * 31 - self->y;
    return hash == -1 ? -2 : hash;
}

static PyTypeObject point_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_hash_of_minus_one_fixed.Point",
    .tp_basicsize = sizeof(Point),
    .tp_hash = (hashfunc)point_hash,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = (initproc)point_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_hash_of_minus_one_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_hash_of_minus_one_fixed(void) {
    if (PyType_Ready(&point_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&point_type);
    if (PyModule_AddObject(made, "Point", (PyObject *)&point_type) < 0) {
        Py_DECREF(&point_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
