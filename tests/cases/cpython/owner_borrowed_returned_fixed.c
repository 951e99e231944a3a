/* A reference of its own for whoever gets the result. */
//~ run: owner_borrowed_returned_fixed.last((1, bytearray(3)))
//~ run: owner_borrowed_returned_fixed.setting({'mode': bytearray(3)})
//~ run: owner_borrowed_returned_fixed.itself(bytearray(2))
//~ run: owner_borrowed_returned_fixed.chosen(bytearray(2), bytearray(3))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* An item of a tuple. */
static PyObject *last(PyObject *self, PyObject *args) {
    PyObject *items;
    if (!PyArg_ParseTuple(args, "O!:last", &PyTuple_Type, &items)) return NULL;
    Py_ssize_t size = PyTuple_GET_SIZE(items);
    if (size == 0) Py_RETURN_NONE;
    PyObject *item = PyTuple_GET_ITEM(items, size - 1);
    return Py_NewRef(item);
}

/* A value of a dict. */
static PyObject *setting(PyObject *self, PyObject *args) {
    PyObject *table;
    if (!PyArg_ParseTuple(args, "O!:setting", &PyDict_Type, &table)) return NULL;
    PyObject *value = PyDict_GetItemString(table, "mode");
    if (!value) return PyLong_FromLong(0);
    Py_INCREF(value);
    return value;
}

/* The argument. */
static PyObject *itself(PyObject *self, PyObject *arg) {
    int is_true = PyObject_IsTrue(arg);
    if (is_true < 0) return NULL;
    if (!is_true) return PyLong_FromLong(0);
    Py_INCREF(arg);
    return arg;
}

/* One of the arguments. */
static PyObject *chosen(PyObject *self, PyObject *args) {
    PyObject *first, *second = NULL;
    if (!PyArg_ParseTuple(args, "O|O:chosen", &first, &second)) return NULL;
    return Py_NewRef(second ? second : first);
}

static PyMethodDef methods[] = {
    {"last", last, METH_VARARGS, NULL},
    {"setting", setting, METH_VARARGS, NULL},
    {"itself", itself, METH_O, NULL},
    {"chosen", chosen, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_borrowed_returned_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_borrowed_returned_fixed(void) { return PyModule_Create(&module); }
