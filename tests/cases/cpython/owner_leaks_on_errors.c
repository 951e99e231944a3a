/* Where a call fails, what was made before it is forgotten. */
//~ run: owner_leaks_on_errors.pair_of([1, 'a'])
//~ run: owner_leaks_on_errors.keyed([], 1)
//~ run: owner_leaks_on_errors.wrapped(5)
//~ run: owner_leaks_on_errors.collected([1, None])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The second item is no number. */
static PyObject *pair_of(PyObject *self, PyObject *arg) {
    PyObject *first = PySequence_GetItem(arg, 0);  //~ error[owner.leak]
    if (!first) return NULL;
    PyObject *second = PySequence_GetItem(arg, 1);
    if (!second) return NULL;
    return Py_BuildValue("(NN)", first, second);
}

/* The key has no hash. */
static PyObject *keyed(PyObject *self, PyObject *args) {
    PyObject *key, *value;
    if (!PyArg_ParseTuple(args, "OO:keyed", &key, &value)) return NULL;
    PyObject *table = PyDict_New();  //~ error[owner.leak]
    if (!table || PyDict_SetItem(table, key, value) < 0) return NULL;
    return table;
}

/* The argument is no sequence. */
static PyObject *wrapped(PyObject *self, PyObject *arg) {
    PyObject *prefix = PyByteArray_FromStringAndSize("<", 1);  //~ error[owner.leak]
    if (!prefix) return NULL;
    Py_ssize_t size = PySequence_Size(arg);
    if (size < 0) return NULL;
    return prefix;
}

/* One of the items is no number. */
static PyObject *collected(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!:collected", &PyList_Type, &list)) return NULL;
    PyObject *all = PyList_New(0);  //~ error[owner.leak]
    if (!all) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        if (!PyLong_Check(item)) {
            PyErr_SetString(PyExc_TypeError, "not an int");
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
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_leaks_on_errors", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_leaks_on_errors(void) { return PyModule_Create(&module); }
