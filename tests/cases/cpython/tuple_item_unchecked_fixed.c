/* How many there are is looked at. */
//~ run: tuple_item_unchecked_fixed.second(1)
//~ run: tuple_item_unchecked_fixed.second(1, 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *second(PyObject *self, PyObject *args) {
    if (PyTuple_GET_SIZE(args) < 2) return PyLong_FromLong(0);
    PyObject *second = PyTuple_GET_ITEM(args, 1);
    Py_INCREF(second);
    return second;
}

static PyMethodDef methods[] = {{"second", second, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tuple_item_unchecked_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_tuple_item_unchecked_fixed(void) { return PyModule_Create(&module); }
