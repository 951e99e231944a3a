/* The argument is left to the caller. */
//~ run: decref_of_argument_fixed.length([1000])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *length(PyObject *self, PyObject *arg) {
    Py_ssize_t length = PyObject_Length(arg);
    if (length < 0) return NULL;
    return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {{"length", length, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "decref_of_argument_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_decref_of_argument_fixed(void) { return PyModule_Create(&module); }
