/* Where a call fails, what was made before it is given back. */
//~ run: owner_leaks_on_errors_fixed.pair_of([1, 'a'])
//~ run: owner_leaks_on_errors_fixed.keyed([], 1)
//~ run: owner_leaks_on_errors_fixed.wrapped(5)
//~ run: owner_leaks_on_errors_fixed.collected([1, None])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The second item is no number. */
static PyObject *pair_of(PyObject *self, PyObject *arg) {
    PyObject *first = PySequence_GetItem(arg, 0);
    if (!first) return NULL;
    PyObject *second = PySequence_GetItem(arg, 1);
    if (!second) {
        Py_DECREF(first);
        return NULL;
    }
    return Py_BuildValue("(NN)", first, second);
}

/* The key has no hash. */
static PyObject *keyed(PyObject *self, PyObject *args) {
    PyObject *key, *value;
    if (!PyArg_ParseTuple(args, "OO:keyed", &key, &value)) return NULL;
    PyObject *table = PyDict_New();
    if (!table || PyDict_SetItem(table, key, value) < 0) {
        Py_XDECREF(table);
        return NULL;
    }
    return table;
}

/* The argument is no sequence. */
static PyObject *wrapped(PyObject *self, PyObject *arg) {
    PyObject *prefix = PyByteArray_FromStringAndSize("<", 1);
    if (!prefix) return NULL;
    Py_ssize_t size = PySequence_Size(arg);
    if (size < 0) {
        Py_DECREF(prefix);
        return NULL;
    }
    return prefix;
}

/* One of the items is no number. */
static PyObject *collected(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!:collected", &PyList_Type, &list)) return NULL;
    PyObject *all = PyList_New(0);
    if (!all) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        if (!PyLong_Check(item)) {
            PyErr_SetString(PyExc_TypeError, "not an int");
            Py_DECREF(all);
            return NULL;
        }
        if (PyList_Append(all, item) < 0) {
            Py_DECREF(all);
            return NULL;
        }
    }
    return all;
}

static PyMethodDef methods[] = {
    {"pair_of", pair_of, METH_O, NULL},
    {"keyed", keyed, METH_VARARGS, NULL},
    {"wrapped", wrapped, METH_O, NULL},
    {"collected", collected, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_leaks_on_errors_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_leaks_on_errors_fixed(void) { return PyModule_Create(&module); }
