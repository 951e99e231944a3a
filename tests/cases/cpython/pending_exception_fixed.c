/* The exception is cleared. */
//~ run: pending_exception_fixed.size_of(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *size_of(PyObject *self, PyObject *arg) {
    PyObject *size = PyObject_GetAttrString(arg, "size");
    if (!size) {
        PyErr_Clear();
        return PyLong_FromLong(0);
    }
    return size;
}

static PyMethodDef methods[] = {{"size_of", size_of, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "pending_exception_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_pending_exception_fixed(void) { return PyModule_Create(&module); }
