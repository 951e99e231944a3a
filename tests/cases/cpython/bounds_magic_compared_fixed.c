/* Only as far as the name goes. */
//~ run: bounds_magic_compared_fixed.is_png(b'\x89PNG\r\n\x1a\n' + bytes(8))
//~ run: bounds_magic_compared_fixed.is_png(b'\x89')
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *is_png(PyObject *self, PyObject *args) {
    static const char magic[8] = {'\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n'};
    const char *data;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "y#:is_png", &data, &size)) return NULL;
    Py_ssize_t i = 0;
    while (i < size && i < 8 && data[i] == magic[i]) i++;
    return PyBool_FromLong(i >= 8);
}

static PyMethodDef methods[] = {
    {"is_png", is_png, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_magic_compared_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_magic_compared_fixed(void) { return PyModule_Create(&module); }
