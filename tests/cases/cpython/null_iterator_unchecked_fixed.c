/* What cannot be iterated ends the call. */
//~ run: null_iterator_unchecked_fixed.first(5)
//~ run: null_iterator_unchecked_fixed.first([1])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first(PyObject *self, PyObject *arg) {
    PyObject *iterator = PyObject_GetIter(arg);
    if (!iterator) return NULL;
    PyObject *item = Py_TYPE(iterator)->tp_iternext(iterator);
    Py_DECREF(iterator);
    if (!item && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "empty");
    return item;
}

static PyMethodDef methods[] = {
    {"first", first, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_iterator_unchecked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_iterator_unchecked_fixed(void) { return PyModule_Create(&module); }
