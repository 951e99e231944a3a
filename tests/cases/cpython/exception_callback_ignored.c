/* A callback that raises is ignored, but not its exception. */
//~ run: exception_callback_ignored.try_call(lambda: 1 / 0)
//~ run: exception_callback_ignored.try_call(lambda: 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *try_call(PyObject *self, PyObject *callback) {
    PyObject *result = PyObject_CallNoArgs(callback);
    if (!result) Py_RETURN_NONE;  //~ error[exception.pending]
    return result;
}

static PyMethodDef methods[] = {
    {"try_call", try_call, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_callback_ignored", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_callback_ignored(void) { return PyModule_Create(&module); }
