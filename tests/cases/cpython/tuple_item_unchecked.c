/* The second of the arguments, of which there need not be two. */
//~ run: tuple_item_unchecked.second(1)
//~ run: tuple_item_unchecked.second(1, 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *second(PyObject *self, PyObject *args) {
    if (PyTuple_GET_SIZE(args) == 0) return PyLong_FromLong(0);
    PyObject *second = PyTuple_GET_ITEM(args, 1);  //~ error[bounds.read]
    Py_INCREF(second);
    return second;
}

static PyMethodDef methods[] = {{"second", second, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tuple_item_unchecked", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_tuple_item_unchecked(void) { return PyModule_Create(&module); }
