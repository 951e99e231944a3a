/* A lookup that failed is told from a key that is missing. */
//~ run: exception_lookup_failed_fixed.get({}, [])
//~ run: exception_lookup_failed_fixed.get({}, 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* get(table, key) -> table[key], or None */
static PyObject *get(PyObject *self, PyObject *args) {
    PyObject *table, *key;
    if (!PyArg_ParseTuple(args, "O!O:get", &PyDict_Type, &table, &key)) return NULL;
    PyObject *value = PyDict_GetItemWithError(table, key);
    if (value == NULL) {
        if (PyErr_Occurred()) return NULL;
        value = Py_None;
    }
    Py_INCREF(value);
    return value;
}

static PyMethodDef methods[] = {
    {"get", get, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_lookup_failed_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_lookup_failed_fixed(void) { return PyModule_Create(&module); }
