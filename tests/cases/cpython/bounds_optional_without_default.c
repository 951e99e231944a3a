/* An argument that is left out leaves its variable as it is: without a value. */
//~ run: bounds_optional_without_default.head(b'abc')
//~ run: bounds_optional_without_default.head(b'abc', 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *head(PyObject *self, PyObject *args) {
    const char *data;
    Py_ssize_t size, limit;
    if (!PyArg_ParseTuple(args, "y#|n:head", &data, &size, &limit)) return NULL;
    if (limit < 0 || limit > size) limit = size;  //~ error[defined.read]
    return PyBytes_FromStringAndSize(data, limit);
}

static PyMethodDef methods[] = {
    {"head", head, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_optional_without_default", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_optional_without_default(void) { return PyModule_Create(&module); }
