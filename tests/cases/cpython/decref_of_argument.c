/* An argument belongs to the caller: it is given back once too often. */
//~ run: decref_of_argument.length([1000])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *length(PyObject *self, PyObject *arg) {
    Py_ssize_t length = PyObject_Length(arg);
    if (length < 0) return NULL;
    Py_DECREF(arg);  //~ error[owner.over-decref]
    return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {{"length", length, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "decref_of_argument", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_decref_of_argument(void) { return PyModule_Create(&module); }
