/* The second function is called although the first one has failed. */
//~ run: exception_called_while_pending.both(list, list)
//~ run: exception_called_while_pending.both(lambda: 1 / 0, lambda: 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *both(PyObject *self, PyObject *args) {
    PyObject *first, *second;
    if (!PyArg_ParseTuple(args, "OO:both", &first, &second)) return NULL;
    PyObject *one = PyObject_CallNoArgs(first);
    PyObject *other = PyObject_CallNoArgs(second);  //~ error[exception.pending]
    Py_XDECREF(other);
    if (!other) Py_CLEAR(one);
    return one;
}


static PyMethodDef methods[] = {
    {"both", both, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_called_while_pending", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_called_while_pending(void) { return PyModule_Create(&module); }
