/* A failure of which Python is not told. */
//~ run: missing_exception.half(-2)
//~ run: missing_exception.half(2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *half(PyObject *self, PyObject *arg) {
    long number = PyLong_AsLong(arg);
    if (number == -1 && PyErr_Occurred()) return NULL;
    if (number < 0) return NULL;  //~ error[exception.missing]
    return PyLong_FromLong(number / 2);
}

static PyMethodDef methods[] = {{"half", half, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "missing_exception", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_missing_exception(void) { return PyModule_Create(&module); }
