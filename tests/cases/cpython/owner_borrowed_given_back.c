/* Each of these calls lends what it gives, and it is given back all the same. */
//~ run: owner_borrowed_given_back.first_size([bytearray(3)])
//~ run: owner_borrowed_given_back.second_size((1, bytearray(3)))
//~ run: owner_borrowed_given_back.value_size({'size': bytearray(3)})
//~ run: owner_borrowed_given_back.either_size(bytearray(2), bytearray(3))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* PyList_GetItem. */
static PyObject *first_size(PyObject *self, PyObject *arg) {
    PyObject *item = PyList_GetItem(arg, 0);
    if (!item) return NULL;
    Py_ssize_t size = PyObject_Size(item);
    Py_DECREF(item);  //~ error[owner.over-decref]
    if (size < 0) return NULL;
    return PyLong_FromSsize_t(size);
}

/* PyTuple_GetItem. */
static PyObject *second_size(PyObject *self, PyObject *arg) {
    PyObject *item = PyTuple_GetItem(arg, 1);
    if (!item) return NULL;
    Py_ssize_t size = PyObject_Size(item);
    Py_DECREF(item);  //~ error[owner.over-decref]
    if (size < 0) return NULL;
    return PyLong_FromSsize_t(size);
}

/* PyDict_GetItemWithError. */
static PyObject *value_size(PyObject *self, PyObject *args) {
    PyObject *table;
    if (!PyArg_ParseTuple(args, "O!:value_size", &PyDict_Type, &table)) return NULL;
    PyObject *key = PyUnicode_FromString("size");
    if (!key) return NULL;
    PyObject *value = PyDict_GetItemWithError(table, key);
    Py_DECREF(key);
    if (!value) return PyErr_Occurred() ? NULL : PyLong_FromLong(0);
    Py_ssize_t size = PyObject_Size(value);
    Py_DECREF(value);  //~ error[owner.over-decref]
    if (size < 0) return NULL;
    return PyLong_FromSsize_t(size);
}

/* PyArg_ParseTuple. */
static PyObject *either_size(PyObject *self, PyObject *args) {
    PyObject *first, *second;
    if (!PyArg_ParseTuple(args, "OO:either_size", &first, &second)) return NULL;
    Py_ssize_t size = PyObject_Size(first);
    if (size < 0) {
        PyErr_Clear();
        size = PyObject_Size(second);
    }
    Py_DECREF(second);  //~ error[owner.over-decref]
    if (size < 0) return NULL;
    return PyLong_FromSsize_t(size);
}

static PyMethodDef methods[] = {
    {"first_size", first_size, METH_O, NULL},
    {"second_size", second_size, METH_O, NULL},
    {"value_size", value_size, METH_VARARGS, NULL},
    {"either_size", either_size, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_borrowed_given_back", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_borrowed_given_back(void) { return PyModule_Create(&module); }
