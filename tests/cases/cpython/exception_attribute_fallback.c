/* Objects without a length of their own count as 1; the exception is not cleared. */
//~ run: exception_attribute_fallback.weight(5)
//~ run: exception_attribute_fallback.weight([1, 2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *weight(PyObject *self, PyObject *arg) {
    Py_ssize_t size = PyObject_Size(arg);
    if (size < 0) size = 1;
    return PyLong_FromSsize_t(size);  //~ error[exception.pending]
}

static PyMethodDef methods[] = {
    {"weight", weight, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_attribute_fallback", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_attribute_fallback(void) { return PyModule_Create(&module); }
