/* A reference of its own for who gets the result. */
//~ run: returned_borrowed_fixed.first([[1]])
//~ run: returned_borrowed_fixed.first([None])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first(PyObject *self, PyObject *arg) {
    PyObject *first = PyList_GetItem(arg, 0);
    Py_XINCREF(first);
    return first;
}

static PyMethodDef methods[] = {{"first", first, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "returned_borrowed_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_returned_borrowed_fixed(void) { return PyModule_Create(&module); }
