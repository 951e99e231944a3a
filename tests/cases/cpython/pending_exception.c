/* An attribute that is missing counts as 0, but the exception stays. */
//~ run: pending_exception.size_of(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *size_of(PyObject *self, PyObject *arg) {
    PyObject *size = PyObject_GetAttrString(arg, "size");
    if (!size) return PyLong_FromLong(0);  //~ error[exception.pending]
    return size;
}

static PyMethodDef methods[] = {{"size_of", size_of, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "pending_exception", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_pending_exception(void) { return PyModule_Create(&module); }
