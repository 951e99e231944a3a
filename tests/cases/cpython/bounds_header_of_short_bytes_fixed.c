/* What is shorter than a header is refused. */
//~ run: bounds_header_of_short_bytes_fixed.width(b'abcdef')
//~ run: bounds_header_of_short_bytes_fixed.width(b'abcdefgh')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *width(PyObject *self, PyObject *args) {
    const unsigned char *data;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "y#:width", &data, &size)) return NULL;
    if (size < 8) {
        PyErr_SetString(PyExc_ValueError, "no header");
        return NULL;
    }
    unsigned width = data[7];
    return PyLong_FromUnsignedLong(width | 0x100);
}

static PyMethodDef methods[] = {
    {"width", width, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_header_of_short_bytes_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_header_of_short_bytes_fixed(void) { return PyModule_Create(&module); }
