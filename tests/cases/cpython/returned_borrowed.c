/* The first item of a list is the list's; who gets the result owns it, too. */
//~ run: returned_borrowed.first([[1]])
//~ run: returned_borrowed.first([None])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first(PyObject *self, PyObject *arg) {
    return PyList_GetItem(arg, 0);  //~ error[owner.borrowed]
}

static PyMethodDef methods[] = {{"first", first, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "returned_borrowed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_returned_borrowed(void) { return PyModule_Create(&module); }
