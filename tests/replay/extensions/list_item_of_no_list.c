/* Macros for lists look into anything. */
//~ run: list_item_of_no_list.first(1000)
//~ run: list_item_of_no_list.first([1])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first(PyObject *self, PyObject *arg) {
    PyObject *first = PyList_GET_ITEM(arg, 0);  //~ error[bounds.read]
    Py_INCREF(first);
    return first;
}

static PyMethodDef methods[] = {{"first", first, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "list_item_of_no_list", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_list_item_of_no_list(void) { return PyModule_Create(&module); }
