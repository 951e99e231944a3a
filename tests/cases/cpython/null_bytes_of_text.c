/* PyBytes_AsString gives null for what is no bytes object. */
//~ run: null_bytes_of_text.first_byte('a')
//~ run: null_bytes_of_text.first_byte(b'a')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first_byte(PyObject *self, PyObject *arg) {
    const char *bytes = PyBytes_AsString(arg);
    return PyLong_FromLong((unsigned char)bytes[0]);  //~ error[null.deref]
}

static PyMethodDef methods[] = {
    {"first_byte", first_byte, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_bytes_of_text", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_bytes_of_text(void) { return PyModule_Create(&module); }
