/* What these calls return is not looked at, and the exception comes back with the result. */
//~ run: exception_status_ignored.rename(1, 'a')
//~ run: exception_status_ignored.put_all({}, [[]])
//~ run: exception_status_ignored.grow([1], 'a')
//~ run: exception_status_ignored.clear_at([], 3)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* PyObject_SetAttrString */
static PyObject *rename_object(PyObject *self, PyObject *args) {
    PyObject *object, *name;
    if (!PyArg_ParseTuple(args, "OU:rename", &object, &name)) return NULL;
    PyObject_SetAttrString(object, "name", name);
    Py_RETURN_NONE;  //~ error[exception.pending]
}

/* PyDict_SetItem in a loop */
static PyObject *put_all(PyObject *self, PyObject *args) {
    PyObject *table, *keys;
    if (!PyArg_ParseTuple(args, "O!O!:put_all", &PyDict_Type, &table, &PyList_Type, &keys)) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(keys); i++) {
        PyDict_SetItem(table, PyList_GET_ITEM(keys, i), Py_True);
    }
    return PyLong_FromSsize_t(PyList_GET_SIZE(keys));  //~ error[exception.pending]
}

/* PyNumber_AsSsize_t */
static PyObject *grow(PyObject *self, PyObject *args) {
    PyObject *list, *count;
    if (!PyArg_ParseTuple(args, "O!O:grow", &PyList_Type, &list, &count)) return NULL;
    Py_ssize_t more = PyNumber_AsSsize_t(count, PyExc_IndexError);
    if (more < 0) more = 0;
    return PyBool_FromLong(more > 0);  //~ error[exception.pending]
}

/* PyList_SetItem */
static PyObject *clear_at(PyObject *self, PyObject *args) {
    PyObject *list;
    Py_ssize_t index;
    if (!PyArg_ParseTuple(args, "O!n:clear_at", &PyList_Type, &list, &index)) return NULL;
    Py_INCREF(Py_None);
    PyList_SetItem(list, index, Py_None);
    Py_RETURN_NONE;  //~ error[exception.pending]
}

static PyMethodDef methods[] = {
    {"rename", rename_object, METH_VARARGS, NULL},
    {"put_all", put_all, METH_VARARGS, NULL},
    {"grow", grow, METH_VARARGS, NULL},
    {"clear_at", clear_at, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_status_ignored", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_status_ignored(void) { return PyModule_Create(&module); }
