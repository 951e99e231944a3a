/* What is no number becomes -1, and the exception stays. */
//~ run: number_unchecked.half('a')
//~ run: number_unchecked.half(-1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *half(PyObject *self, PyObject *arg) {
    long number = PyLong_AsLong(arg);
    return PyLong_FromLong(number / 2);  //~ error[exception.pending]
}

static PyMethodDef methods[] = {{"half", half, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "number_unchecked", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_number_unchecked(void) { return PyModule_Create(&module); }
