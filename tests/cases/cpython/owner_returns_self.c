/* A method for chains of calls gives away the reference that its caller has. */
//~ run: made = owner_returns_self.Counter(); made.step()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long steps;
} Counter;

static PyObject *step(Counter *self, PyObject *ignored) {
    self->steps = (self->steps + 1) % 1000;
    return (PyObject *)self;  //~ error[owner.borrowed]
}

static PyMethodDef counter_methods[] = {
    {"step", (PyCFunction)step, METH_NOARGS, "One step further."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject counter_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_returns_self.Counter",
    .tp_basicsize = sizeof(Counter),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = counter_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_returns_self", .m_size = -1};
PyMODINIT_FUNC PyInit_owner_returns_self(void) {
    if (PyType_Ready(&counter_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&counter_type);
    if (PyModule_AddObject(made, "Counter", (PyObject *)&counter_type) < 0) {
        Py_DECREF(&counter_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
