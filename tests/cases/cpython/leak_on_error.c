/* A list that is forgotten where what it holds is no number. */
//~ run: leak_on_error.boxed('a')
//~ run: leak_on_error.boxed(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *boxed(PyObject *self, PyObject *arg) {
    PyObject *list = PyList_New(0);  //~ error[owner.leak]: the `list` object
    if (!list) return NULL;
    long number = PyLong_AsLong(arg);
    if (number == -1 && PyErr_Occurred()) return NULL;
    if (PyList_Append(list, arg) < 0) {
        Py_DECREF(list);
        return NULL;
    }
    return list;
}

static PyMethodDef methods[] = {{"boxed", boxed, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "leak_on_error", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_leak_on_error(void) { return PyModule_Create(&module); }
