/* PyDict_GetItem sets no exception, neither does its caller. */
//~ run: exception_lookup_gives_null.lookup({}, 'x')
//~ run: exception_lookup_gives_null.lookup({'x': 1}, 'x')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *find_in(PyObject *table, PyObject *key) {
    PyObject *found = PyDict_GetItem(table, key);
    Py_XINCREF(found);
    return found;
}

static PyObject *lookup(PyObject *self, PyObject *args) {
    PyObject *table, *key;
    if (!PyArg_ParseTuple(args, "O!U:lookup", &PyDict_Type, &table, &key)) return NULL;
    return find_in(table, key);  //~ error[exception.missing]
}

static PyMethodDef methods[] = {
    {"lookup", lookup, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_lookup_gives_null", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_lookup_gives_null(void) { return PyModule_Create(&module); }
