/* What is no list is told. */
//~ run: list_item_of_no_list_fixed.first(1000)
//~ run: list_item_of_no_list_fixed.first([1])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first(PyObject *self, PyObject *arg) {
    if (!PyList_Check(arg) || PyList_GET_SIZE(arg) == 0) {
        PyErr_SetString(PyExc_TypeError, "a list with an item");
        return NULL;
    }
    PyObject *first = PyList_GET_ITEM(arg, 0);
    Py_INCREF(first);
    return first;
}

static PyMethodDef methods[] = {{"first", first, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "list_item_of_no_list_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_list_item_of_no_list_fixed(void) { return PyModule_Create(&module); }
