/* First the letters are compared, then the bytes object goes. */
//~ run: owner_text_used_after_decref_fixed.is_http('http://localhost')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *is_http(PyObject *self, PyObject *arg) {
    if (!PyUnicode_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "a str");
        return NULL;
    }
    PyObject *encoded = PyUnicode_AsUTF8String(arg);
    if (!encoded) return NULL;
    const char *text = PyBytes_AS_STRING(encoded);
    int is_so = text[0] == 'h';
    Py_DECREF(encoded);
    return PyBool_FromLong(is_so);
}

static PyMethodDef methods[] = {
    {"is_http", is_http, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_text_used_after_decref_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_text_used_after_decref_fixed(void) { return PyModule_Create(&module); }
