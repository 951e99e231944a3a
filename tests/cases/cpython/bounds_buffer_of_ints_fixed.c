/* The length in bytes, by the size of an int. */
//~ run: bounds_buffer_of_ints_fixed.total(bytearray(8))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *total(PyObject *self, PyObject *args) {
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "y*:total", &view)) return NULL;
    const int *numbers = view.buf;
    unsigned long sum = 0;
    for (Py_ssize_t i = 0; i < view.len / (Py_ssize_t)sizeof(int); i++) sum += (unsigned)numbers[i];
    PyBuffer_Release(&view);
    return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"total", total, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_buffer_of_ints_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_buffer_of_ints_fixed(void) { return PyModule_Create(&module); }
