/* An item that was only borrowed, after the list has let go of it. */
//~ run: item_replaced.swapped([bytearray(9)])
//~ run: item_replaced.swapped([])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *swapped(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return NULL;
    if (PyList_GET_SIZE(list) == 0) Py_RETURN_NONE;
    PyObject *item = PyList_GET_ITEM(list, 0);
    Py_INCREF(Py_None);
    if (PyList_SetItem(list, 0, Py_None) < 0) return NULL;
    Py_INCREF(item);  //~ error[owner.use-after-decref]
    return item;
}

static PyMethodDef methods[] = {{"swapped", swapped, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "item_replaced", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_item_replaced(void) { return PyModule_Create(&module); }
