/* What is no number is told. */
//~ run: number_unchecked_fixed.half('a')
//~ run: number_unchecked_fixed.half(-1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *half(PyObject *self, PyObject *arg) {
    long number = PyLong_AsLong(arg);
    if (number == -1 && PyErr_Occurred()) return NULL;
    return PyLong_FromLong(number / 2);
}

static PyMethodDef methods[] = {{"half", half, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "number_unchecked_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_number_unchecked_fixed(void) { return PyModule_Create(&module); }
