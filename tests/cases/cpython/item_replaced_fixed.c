/* The same with a reference of its own. */
//~ run: item_replaced_fixed.swapped([bytearray(9)])
//~ run: item_replaced_fixed.swapped([])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *swapped(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return NULL;
    if (PyList_GET_SIZE(list) == 0) Py_RETURN_NONE;
    PyObject *item = PyList_GET_ITEM(list, 0);
    Py_INCREF(item);
    Py_INCREF(Py_None);
    if (PyList_SetItem(list, 0, Py_None) < 0) {
        Py_DECREF(item);
        return NULL;
    }
    return item;
}

static PyMethodDef methods[] = {{"swapped", swapped, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "item_replaced_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_item_replaced_fixed(void) { return PyModule_Create(&module); }
