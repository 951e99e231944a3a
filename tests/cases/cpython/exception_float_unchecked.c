/* What is no float becomes -1.0, and the exception is still there when the area is returned. */
//~ run: exception_float_unchecked.area('a')
//~ run: exception_float_unchecked.area(2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *area(PyObject *self, PyObject *radius) {
    double r = PyFloat_AsDouble(radius);
    return PyFloat_FromDouble(3.14159 * r * r);  //~ error[exception.pending]
}

static PyMethodDef methods[] = {
    {"area", area, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_float_unchecked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_float_unchecked(void) { return PyModule_Create(&module); }
