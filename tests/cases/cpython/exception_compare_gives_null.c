/* What cannot be compared is no reason to fail without an exception. */
//~ run: made = exception_compare_gives_null.Version(); made < 1
//~ run: made = exception_compare_gives_null.Version(); made == made
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int major, minor;
} Version;

static PyTypeObject version_type;

static PyObject *version_compare(Version *self, PyObject *other, int operation) {
    if (!PyObject_TypeCheck(other, &version_type)) return NULL;  //~ error[exception.missing]
    Version *second = (Version *)other;
    int order = self->major != second->major ? self->major - second->major : self->minor - second->minor;
    Py_RETURN_RICHCOMPARE(order, 0, operation);
}

static PyTypeObject version_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_compare_gives_null.Version",
    .tp_basicsize = sizeof(Version),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_richcompare = (richcmpfunc)version_compare,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_compare_gives_null", .m_size = -1};
PyMODINIT_FUNC PyInit_exception_compare_gives_null(void) {
    if (PyType_Ready(&version_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&version_type);
    if (PyModule_AddObject(made, "Version", (PyObject *)&version_type) < 0) {
        Py_DECREF(&version_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
