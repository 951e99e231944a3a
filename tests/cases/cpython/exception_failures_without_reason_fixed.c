/* Each failure has its exception. */
//~ run: exception_failures_without_reason_fixed.color('x')
//~ run: exception_failures_without_reason_fixed.get_at([1], 4)
//~ run: exception_failures_without_reason_fixed.decode(b'')
//~ run: exception_failures_without_reason_fixed.member({}, 'x')
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

/* A name that is not known. */
static PyObject *color(PyObject *self, PyObject *args) {
    const char *name;
    if (!PyArg_ParseTuple(args, "s:color", &name)) return NULL;
    if (strcmp(name, "red") == 0) return PyLong_FromLong(0xFF0000);
    if (strcmp(name, "blue") == 0) return PyLong_FromLong(0x0000FF);
    return PyErr_Format(PyExc_KeyError, "%s", name);
}

/* An index that is out of range. */
static PyObject *get_at(PyObject *self, PyObject *args) {
    PyObject *list;
    Py_ssize_t index;
    if (!PyArg_ParseTuple(args, "O!n:get_at", &PyList_Type, &list, &index)) return NULL;
    if (index < 0 || index >= PyList_GET_SIZE(list)) return PyErr_Format(PyExc_IndexError, "no item %zd", index);
    return Py_NewRef(PyList_GET_ITEM(list, index));
}

/* Data that is too short. */
static PyObject *decode(PyObject *self, PyObject *args) {
    const unsigned char *data;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "y#:decode", &data, &size)) return NULL;
    if (size < 2) {
        PyErr_SetString(PyExc_ValueError, "too short");
        return NULL;
    }
    return PyLong_FromLong(data[0] << 8 | data[1]);
}

/* A key that is missing. */
static PyObject *member(PyObject *self, PyObject *args) {
    PyObject *table, *key;
    if (!PyArg_ParseTuple(args, "O!U:member", &PyDict_Type, &table, &key)) return NULL;
    PyObject *found = PyDict_GetItemWithError(table, key);
    if (!found && !PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, key);
    return Py_XNewRef(found);
}

static PyMethodDef methods[] = {
    {"color", color, METH_VARARGS, NULL},
    {"get_at", get_at, METH_VARARGS, NULL},
    {"decode", decode, METH_VARARGS, NULL},
    {"member", member, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_failures_without_reason_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_failures_without_reason_fixed(void) { return PyModule_Create(&module); }
