/* str() of an object may raise. */
//~ run: null_str_of_object.shown_length(type('T', (), {'__str__': lambda self: 1 / 0})())
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *shown_length(PyObject *self, PyObject *arg) {
    PyObject *text = PyObject_Str(arg);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);  //~ error[null.deref]
    Py_DECREF(text);
    return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {
    {"shown_length", shown_length, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_str_of_object", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_str_of_object(void) { return PyModule_Create(&module); }
