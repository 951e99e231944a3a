/* An iterator is its own iterator, and owns the reference that it returns to nobody. */
//~ run: made = slot_iter_gives_itself.Ticks(); iter(made)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int ticks;
} Ticks;

static PyObject *ticks_iter(PyObject *self) {
    return self;  //~ error[owner.borrowed]
}

static PyObject *ticks_next(Ticks *self) {
    if (self->ticks == 3) return NULL;
    return PyLong_FromLong(self->ticks++);
}

static PyTypeObject ticks_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_iter_gives_itself.Ticks",
    .tp_basicsize = sizeof(Ticks),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = ticks_iter,
    .tp_iternext = (iternextfunc)ticks_next,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_iter_gives_itself", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_iter_gives_itself(void) {
    if (PyType_Ready(&ticks_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&ticks_type);
    if (PyModule_AddObject(made, "Ticks", (PyObject *)&ticks_type) < 0) {
        Py_DECREF(&ticks_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
