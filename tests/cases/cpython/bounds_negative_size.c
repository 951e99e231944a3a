/* A negative number of items asks for more than there is: what PyMem_Malloc refuses is written to. */
//~ run: bounds_negative_size.zeros(-1)
//~ run: bounds_negative_size.zeros(3)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *zeros(PyObject *self, PyObject *args) {
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "n:zeros", &count)) return NULL;
    if (count == 0 || count > 4096) {
        PyErr_SetString(PyExc_ValueError, "1 to 4096 zeros");
        return NULL;
    }
    char *zeros = PyMem_Malloc((size_t)count);
    zeros[0] = 0;  //~ error[null.deref]
    PyObject *made = PyBytes_FromStringAndSize(zeros, 1);
    PyMem_Free(zeros);
    return made;
}

static PyMethodDef methods[] = {
    {"zeros", zeros, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_negative_size", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_negative_size(void) { return PyModule_Create(&module); }
