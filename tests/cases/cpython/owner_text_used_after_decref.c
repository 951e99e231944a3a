/* The letters belong to the bytes object, which is gone when they are compared. */
//~ run: owner_text_used_after_decref.is_http('http://localhost')
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
    Py_DECREF(encoded);
    return PyBool_FromLong(text[0] == 'h');  //~ error[owner.use-after-decref]
}

static PyMethodDef methods[] = {
    {"is_http", is_http, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_text_used_after_decref", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_text_used_after_decref(void) { return PyModule_Create(&module); }
