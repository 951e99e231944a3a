/* What is no float ends the call. */
//~ run: exception_float_unchecked_fixed.area('a')
//~ run: exception_float_unchecked_fixed.area(2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *area(PyObject *self, PyObject *radius) {
    double r = PyFloat_AsDouble(radius);
    if (r == -1.0 && PyErr_Occurred()) return NULL;
    return PyFloat_FromDouble(3.14159 * r * r);
}

static PyMethodDef methods[] = {
    {"area", area, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_float_unchecked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_float_unchecked_fixed(void) { return PyModule_Create(&module); }
