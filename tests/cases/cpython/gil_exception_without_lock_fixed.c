/* The exception is set when the lock is back. */
//~ run: gil_exception_without_lock_fixed.half(3)
//~ run: gil_exception_without_lock_fixed.half(4)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *half(PyObject *self, PyObject *args) {
    int number, failed = 0;
    if (!PyArg_ParseTuple(args, "i:half", &number)) return NULL;
    Py_BEGIN_ALLOW_THREADS
    if (number % 2) {
        failed = 1;
    }
    Py_END_ALLOW_THREADS
    if (failed) {
        PyErr_SetString(PyExc_ValueError, "odd");
        return NULL;
    }
    return PyLong_FromLong(number / 2);
}

static PyMethodDef methods[] = {
    {"half", half, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_exception_without_lock_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_exception_without_lock_fixed(void) { return PyModule_Create(&module); }
