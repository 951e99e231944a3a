/* After the loop it is asked whether the iterator raised. */
//~ run: exception_end_of_iteration_fixed.length(1 / i for i in (1, 0))
//~ run: exception_end_of_iteration_fixed.length([1, 2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *length(PyObject *self, PyObject *items) {
    PyObject *iterator = PyObject_GetIter(items);
    if (!iterator) return NULL;
    Py_ssize_t count = 0;
    for (PyObject *item; (item = PyIter_Next(iterator)) != NULL; count++) Py_DECREF(item);
    Py_DECREF(iterator);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"length", length, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_end_of_iteration_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_end_of_iteration_fixed(void) { return PyModule_Create(&module); }
