/* The tuple has taken over the reference, which is given back all the same. */
//~ run: owner_tuple_item_stolen.with_length(bytearray(8))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* with_length(x) -> (x, len(x)) */
static PyObject *with_length(PyObject *self, PyObject *value) {
    Py_ssize_t size = PyObject_Length(value);
    if (size < 0) return NULL;
    PyObject *length = PyLong_FromSsize_t(size);
    PyObject *pair = PyTuple_New(2);
    if (!length || !pair) {
        Py_XDECREF(length);
        Py_XDECREF(pair);
        return NULL;
    }
    Py_INCREF(value);
    PyTuple_SET_ITEM(pair, 0, value);
    PyTuple_SET_ITEM(pair, 1, length);
    Py_DECREF(value);
    return pair;  //~ error[owner.borrowed]
}

static PyMethodDef methods[] = {
    {"with_length", with_length, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_tuple_item_stolen", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_tuple_item_stolen(void) { return PyModule_Create(&module); }
