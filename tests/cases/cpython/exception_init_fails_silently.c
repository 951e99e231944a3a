/* tp_init reports failure with -1 alone. */
//~ run: exception_init_fails_silently.Range(5, 2)
//~ run: exception_init_fails_silently.Range(2, 5)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long start, stop;
} Range;

static int range_init(Range *self, PyObject *args, PyObject *kwds) {
    if (!PyArg_ParseTuple(args, "ll:Range", &self->start, &self->stop)) return -1;
    if (self->stop < self->start) {
        return -1;  //~ error[exception.missing]
    }
    return 0;
}

static PyTypeObject range_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_init_fails_silently.Range",
    .tp_basicsize = sizeof(Range),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = (initproc)range_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_init_fails_silently", .m_size = -1};
PyMODINIT_FUNC PyInit_exception_init_fails_silently(void) {
    if (PyType_Ready(&range_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&range_type);
    if (PyModule_AddObject(made, "Range", (PyObject *)&range_type) < 0) {
        Py_DECREF(&range_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
