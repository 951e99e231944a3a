/* fire() does nothing where there is nothing to call. */
//~ run: made = slot_call_of_unset_fixed.Signal(); made.fire()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *handlers;
} Signal;

static PyObject *signal_connect(Signal *self, PyObject *handler) {
    if (!self->handlers) self->handlers = PyList_New(0);
    if (!self->handlers || PyList_Append(self->handlers, handler) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyObject *signal_fire(Signal *self, PyObject *ignored) {
    Py_ssize_t count = self->handlers ? PyList_GET_SIZE(self->handlers) : 0;
    return PyLong_FromSsize_t(count);
}

static void signal_dealloc(Signal *self) {
    Py_CLEAR(self->handlers);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef signal_methods[] = {
    {"connect", (PyCFunction)signal_connect, METH_O, NULL},
    {"fire", (PyCFunction)signal_fire, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject signal_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_call_of_unset_fixed.Signal",
    .tp_basicsize = sizeof(Signal),
    .tp_dealloc = (destructor)signal_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = signal_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_call_of_unset_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_call_of_unset_fixed(void) {
    if (PyType_Ready(&signal_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&signal_type);
    if (PyModule_AddObject(made, "Signal", (PyObject *)&signal_type) < 0) {
        Py_DECREF(&signal_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
