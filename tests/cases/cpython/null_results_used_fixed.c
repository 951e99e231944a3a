/* Null ends the call. */
//~ run: null_results_used_fixed.shown([1])
//~ run: null_results_used_fixed.type_name({}, 'x')
//~ run: null_results_used_fixed.line_of(type('T', (), {'line': property(lambda self: 1 / 0)})())
//~ run: null_results_used_fixed.as_list(5)
//~ run: null_results_used_fixed.joined('a', 3)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* PyUnicode_AsUTF8 of what is no text */
static PyObject *shown(PyObject *self, PyObject *arg) {
    const char *text = PyUnicode_AsUTF8(arg);
    if (!text) return NULL;
    return PyLong_FromLong(text[0]);
}

/* PyDict_GetItem of a key that is missing */
static PyObject *type_name(PyObject *self, PyObject *args) {
    PyObject *table, *key;
    if (!PyArg_ParseTuple(args, "O!U:type_name", &PyDict_Type, &table, &key)) return NULL;
    PyObject *value = PyDict_GetItem(table, key);
    if (!value) Py_RETURN_NONE;
    return PyUnicode_FromString(Py_TYPE(value)->tp_name);
}

/* PyObject_GetAttrString of what has no such attribute */
static PyObject *line_of(PyObject *self, PyObject *arg) {
    PyObject *line = PyObject_GetAttrString(arg, "line");
    if (!line) return NULL;
    int is_int = PyLong_CheckExact(line);
    Py_DECREF(line);
    return PyBool_FromLong(is_int);
}

/* PySequence_List of what cannot be iterated */
static PyObject *as_list(PyObject *self, PyObject *arg) {
    PyObject *list = PySequence_List(arg);
    if (!list) return NULL;
    Py_ssize_t size = PyList_GET_SIZE(list);
    Py_DECREF(list);
    return PyLong_FromSsize_t(size);
}

/* PyUnicode_Concat of what is no text */
static PyObject *joined(PyObject *self, PyObject *args) {
    PyObject *left, *right;
    if (!PyArg_ParseTuple(args, "OO:joined", &left, &right)) return NULL;
    PyObject *both = PyUnicode_Concat(left, right);
    if (!both) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(both);
    Py_DECREF(both);
    return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {
    {"shown", shown, METH_O, NULL},
    {"type_name", type_name, METH_VARARGS, NULL},
    {"line_of", line_of, METH_O, NULL},
    {"as_list", as_list, METH_O, NULL},
    {"joined", joined, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_results_used_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_results_used_fixed(void) { return PyModule_Create(&module); }
