/* Each of these calls gives a new reference, which is looked at and forgotten. */
//~ run: owner_new_references_forgotten.key_count({1: 2})
//~ run: owner_new_references_forgotten.rounded(25000.5)
//~ run: owner_new_references_forgotten.same_text('ab', 'cd')
//~ run: owner_new_references_forgotten.as_many([1, 2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* What dict.keys() gives. */
static PyObject *key_count(PyObject *self, PyObject *args) {
    PyObject *table;
    if (!PyArg_ParseTuple(args, "O!:key_count", &PyDict_Type, &table)) return NULL;
    PyObject *keys = PyDict_Keys(table);  //~ error[owner.leak]
    if (!keys) return NULL;
    return PyLong_FromSsize_t(PyList_GET_SIZE(keys));
}

/* An int made of a number. */
static PyObject *rounded(PyObject *self, PyObject *arg) {
    PyObject *whole = PyNumber_Long(arg);  //~ error[owner.leak]
    if (!whole) return NULL;
    long value = PyLong_AsLong(whole);
    if (value == -1 && PyErr_Occurred()) return NULL;
    return PyFloat_FromDouble((double)value);
}

/* Both texts in one. */
static PyObject *same_text(PyObject *self, PyObject *args) {
    PyObject *left, *right;
    if (!PyArg_ParseTuple(args, "UU:same_text", &left, &right)) return NULL;
    PyObject *both = PyUnicode_Concat(left, right);  //~ error[owner.leak]
    if (!both) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(both);
    return PyLong_FromSsize_t(length);
}

/* A tuple of a list. */
static PyObject *as_many(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!:as_many", &PyList_Type, &list)) return NULL;
    PyObject *items = PyList_AsTuple(list);  //~ error[owner.leak]
    if (!items) return NULL;
    Py_ssize_t size = PyTuple_GET_SIZE(items);
    return PyLong_FromSsize_t(size);
}

static PyMethodDef methods[] = {
    {"key_count", key_count, METH_VARARGS, NULL},
    {"rounded", rounded, METH_O, NULL},
    {"same_text", same_text, METH_VARARGS, NULL},
    {"as_many", as_many, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_new_references_forgotten", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_new_references_forgotten(void) { return PyModule_Create(&module); }
