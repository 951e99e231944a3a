/* PyErr_SetObject does not steal the value, so it is given back. */
//~ run: owner_exception_value_leaked_fixed.pick({}, 4000)
//~ run: owner_exception_value_leaked_fixed.pick({4000: 1}, 4000)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *pick(PyObject *self, PyObject *args) {
    PyObject *table;
    long number;
    if (!PyArg_ParseTuple(args, "O!l:pick", &PyDict_Type, &table, &number)) return NULL;
    PyObject *key = PyLong_FromLong(number);
    if (!key) return NULL;
    PyObject *value = PyDict_GetItemWithError(table, key);
    if (!value) {
        if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, key);
        Py_DECREF(key);
        return NULL;
    }
    Py_DECREF(key);
    Py_INCREF(value);
    return value;
}

static PyMethodDef methods[] = {
    {"pick", pick, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_exception_value_leaked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_exception_value_leaked_fixed(void) { return PyModule_Create(&module); }
