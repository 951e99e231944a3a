/* PyBytes_AsString is looked at. */
//~ run: null_bytes_of_text_fixed.first_byte('a')
//~ run: null_bytes_of_text_fixed.first_byte(b'a')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first_byte(PyObject *self, PyObject *arg) {
    const char *bytes = PyBytes_AsString(arg);
    if (!bytes) return NULL;
    return PyLong_FromLong((unsigned char)bytes[0]);
}

static PyMethodDef methods[] = {
    {"first_byte", first_byte, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_bytes_of_text_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_bytes_of_text_fixed(void) { return PyModule_Create(&module); }
