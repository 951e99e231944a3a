/* PyObject_IsTrue may raise; -1 is taken for true. */
//~ run: exception_truth_unchecked.negate(type('T', (), {'__bool__': lambda self: 1 / 0})())
//~ run: exception_truth_unchecked.negate(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *negate(PyObject *self, PyObject *arg) {
    if (PyObject_IsTrue(arg)) Py_RETURN_FALSE;  //~ error[exception.pending]
    Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {"negate", negate, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_truth_unchecked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_truth_unchecked(void) { return PyModule_Create(&module); }
