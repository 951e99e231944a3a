/* An index of Python's may be negative. */
//~ run: negative_index.power(-1)
//~ run: negative_index.power(7)
//~ run: negative_index.power(8)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static const int powers[8] = {1, 2, 4, 8, 16, 32, 64, 128};

static PyObject *power(PyObject *self, PyObject *arg) {
    long index = PyLong_AsLong(arg);
    if (index == -1 && PyErr_Occurred()) return NULL;
    if (index >= 8) {
        PyErr_SetString(PyExc_IndexError, "too large");
        return NULL;
    }
    return PyLong_FromLong(powers[index]);  //~ error[bounds.read]
}

static PyMethodDef methods[] = {{"power", power, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "negative_index", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_negative_index(void) { return PyModule_Create(&module); }
