/* PySequence_Fast gives null for what is no sequence. */
//~ run: null_sequence_unchecked.last(5)
//~ run: null_sequence_unchecked.last((1, 2))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *last(PyObject *self, PyObject *arg) {
    PyObject *items = PySequence_Fast(arg, "last() takes a sequence");
    Py_ssize_t size = PySequence_Fast_GET_SIZE(items);  //~ error[null.deref]
    PyObject *found = size ? PySequence_Fast_GET_ITEM(items, size - 1) : Py_None;
    Py_INCREF(found);
    Py_DECREF(items);
    return found;
}

static PyMethodDef methods[] = {
    {"last", last, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_sequence_unchecked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_sequence_unchecked(void) { return PyModule_Create(&module); }
