/* A comparison that raises ends the count. */
//~ run: exception_comparison_failed_fixed.occurs(type('T', (), {'__eq__': lambda self, other: 1 / 0})(), 1)
//~ run: exception_comparison_failed_fixed.occurs(1, 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *occurs(PyObject *self, PyObject *args) {
    PyObject *first, *second;
    if (!PyArg_ParseTuple(args, "OO:occurs", &first, &second)) return NULL;
    int is_same = PyObject_RichCompareBool(first, second, Py_EQ);
    if (is_same < 0) return NULL;
    if (is_same) return PyLong_FromLong(1);
    return PyLong_FromLong(0);
}

static PyMethodDef methods[] = {
    {"occurs", occurs, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_comparison_failed_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_comparison_failed_fixed(void) { return PyModule_Create(&module); }
