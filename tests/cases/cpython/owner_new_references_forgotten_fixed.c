/* Each new reference is given back. */
//~ run: owner_new_references_forgotten_fixed.key_count({1: 2})
//~ run: owner_new_references_forgotten_fixed.rounded(25000.5)
//~ run: owner_new_references_forgotten_fixed.same_text('ab', 'cd')
//~ run: owner_new_references_forgotten_fixed.as_many([1, 2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* What dict.keys() gives. */
static PyObject *key_count(PyObject *self, PyObject *args) {
    PyObject *table;
    if (!PyArg_ParseTuple(args, "O!:key_count", &PyDict_Type, &table)) return NULL;
    PyObject *keys = PyDict_Keys(table);
    if (!keys) return NULL;
    Py_ssize_t count = PyList_GET_SIZE(keys);
    Py_DECREF(keys);
    return PyLong_FromSsize_t(count);
}

/* An int made of a number. */
static PyObject *rounded(PyObject *self, PyObject *arg) {
    PyObject *whole = PyNumber_Long(arg);
    if (!whole) return NULL;
    long value = PyLong_AsLong(whole);
    Py_DECREF(whole);
    if (value == -1 && PyErr_Occurred()) return NULL;
    return PyFloat_FromDouble((double)value);
}

/* Both texts in one. */
static PyObject *same_text(PyObject *self, PyObject *args) {
    PyObject *left, *right;
    if (!PyArg_ParseTuple(args, "UU:same_text", &left, &right)) return NULL;
    PyObject *both = PyUnicode_Concat(left, right);
    if (!both) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(both);
    Py_DECREF(both);
    return PyLong_FromSsize_t(length);
}

/* A tuple of a list. */
static PyObject *as_many(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!:as_many", &PyList_Type, &list)) return NULL;
    PyObject *items = PyList_AsTuple(list);
    if (!items) return NULL;
    Py_ssize_t size = PyTuple_GET_SIZE(items);
    Py_DECREF(items);
    return PyLong_FromSsize_t(size);
}

static PyMethodDef methods[] = {
    {"key_count", key_count, METH_VARARGS, NULL},
    {"rounded", rounded, METH_O, NULL},
    {"same_text", same_text, METH_VARARGS, NULL},
    {"as_many", as_many, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_new_references_forgotten_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_new_references_forgotten_fixed(void) { return PyModule_Create(&module); }
