/* The iterator may have no item any more. */
//~ run: null_end_of_iteration.second([1])
//~ run: null_end_of_iteration.second([1, 2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *second(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return NULL;
    PyObject *iterator = PyObject_GetIter(list);
    if (!iterator) return NULL;
    PyObject *item = PyIter_Next(iterator);
    if (item) {
        Py_DECREF(item);
        item = PyIter_Next(iterator);
        if (PyLong_Check(item)) {  //~ error[null.deref]
            Py_DECREF(iterator);
            return item;
        }
    }
    Py_XDECREF(item);
    Py_DECREF(iterator);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"second", second, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_end_of_iteration", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_end_of_iteration(void) { return PyModule_Create(&module); }
