/* A key that is missing is told. */
//~ run: missing_key_fixed.name_of({})
//~ run: missing_key_fixed.name_of({'name': 1})
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *name_of(PyObject *self, PyObject *arg) {
    if (!PyDict_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "a dict");
        return NULL;
    }
    PyObject *name = PyDict_GetItemString(arg, "name");
    if (!name) {
        PyErr_SetString(PyExc_KeyError, "name");
        return NULL;
    }
    Py_INCREF(name);
    return name;
}

static PyMethodDef methods[] = {{"name_of", name_of, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "missing_key_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_missing_key_fixed(void) { return PyModule_Create(&module); }
