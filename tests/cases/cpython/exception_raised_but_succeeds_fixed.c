/* Who sets an error returns null. */
//~ run: exception_raised_but_succeeds_fixed.sqrt_floor(-4)
//~ run: exception_raised_but_succeeds_fixed.sqrt_floor(9)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *sqrt_floor(PyObject *self, PyObject *args) {
    long number, root = 0;
    if (!PyArg_ParseTuple(args, "l:sqrt_floor", &number)) return NULL;
    if (number < 0) {
        PyErr_SetString(PyExc_ValueError, "negative number");
        return NULL;
    }
    while (root < 100 && (root + 1) * (root + 1) <= number) root++;
    return PyLong_FromLong(root);
}

static PyMethodDef methods[] = {
    {"sqrt_floor", sqrt_floor, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_raised_but_succeeds_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_raised_but_succeeds_fixed(void) { return PyModule_Create(&module); }
