/* PyObject_IsTrue may raise. */
//~ run: exception_truth_unchecked_fixed.negate(type('T', (), {'__bool__': lambda self: 1 / 0})())
//~ run: exception_truth_unchecked_fixed.negate(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *negate(PyObject *self, PyObject *arg) {
    int is_true = PyObject_IsTrue(arg);
    if (is_true < 0) return NULL;
    if (is_true) Py_RETURN_FALSE;
    Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {"negate", negate, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_truth_unchecked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_truth_unchecked_fixed(void) { return PyModule_Create(&module); }
