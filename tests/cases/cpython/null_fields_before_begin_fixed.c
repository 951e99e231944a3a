/* Before begin() there is nothing to use. */
//~ run: made = null_fields_before_begin_fixed.Session(); made.send(1)
//~ run: made = null_fields_before_begin_fixed.Session(); str(made)
//~ run: made = null_fields_before_begin_fixed.Session(); made.begin([]); made.send(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *log;
} Session;

static PyObject *session_begin(Session *self, PyObject *log) {
    if (!PyList_Check(log)) {
        PyErr_SetString(PyExc_TypeError, "the log is a list");
        return NULL;
    }
    Py_INCREF(log);
    Py_XSETREF(self->log, log);
    Py_RETURN_NONE;
}

/* A method. */
static PyObject *session_send(Session *self, PyObject *message) {
    if (!self->log) {
        PyErr_SetString(PyExc_RuntimeError, "not begun");
        return NULL;
    }
    Py_ssize_t before = Py_SIZE(self->log);
    if (PyList_Append(self->log, message) < 0) return NULL;
    return PyLong_FromSsize_t(before);
}

/* A slot. */
static PyObject *session_str(Session *self) {
    if (!self->log) return PyUnicode_FromString("no messages");
    return PyUnicode_FromFormat("%zd messages", PyList_GET_SIZE(self->log));
}

static void session_dealloc(Session *self) {
    Py_XDECREF(self->log);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef session_methods[] = {
    {"begin", (PyCFunction)session_begin, METH_O, NULL},
    {"send", (PyCFunction)session_send, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject session_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "null_fields_before_begin_fixed.Session",
    .tp_basicsize = sizeof(Session),
    .tp_dealloc = (destructor)session_dealloc,
    .tp_str = (reprfunc)session_str,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = session_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_fields_before_begin_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_null_fields_before_begin_fixed(void) {
    if (PyType_Ready(&session_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&session_type);
    if (PyModule_AddObject(made, "Session", (PyObject *)&session_type) < 0) {
        Py_DECREF(&session_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
