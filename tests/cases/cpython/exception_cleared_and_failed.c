/* The exception is cleared, and the call fails all the same. */
//~ run: exception_cleared_and_failed.as_port('a')
//~ run: exception_cleared_and_failed.as_port(80)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *as_port(PyObject *self, PyObject *arg) {
    unsigned long port = PyLong_AsUnsignedLong(arg);
    if (PyErr_Occurred()) {
        PyErr_Clear();
        return NULL;  //~ error[exception.missing]
    }
    if (port > 65535) {
        PyErr_Format(PyExc_OverflowError, "%lu is no port", port);
        return NULL;
    }
    return PyLong_FromUnsignedLong(port);
}

static PyMethodDef methods[] = {
    {"as_port", as_port, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_cleared_and_failed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_cleared_and_failed(void) { return PyModule_Create(&module); }
