/* PyUnicode_AsUTF8 gives null for a lone surrogate. */
//~ run: null_text_without_utf8.starts_upper('\udc80')
//~ run: null_text_without_utf8.starts_upper('Abc')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *starts_upper(PyObject *self, PyObject *arg) {
    if (!PyUnicode_Check(arg)) {
        PyErr_Format(PyExc_TypeError, "a str, not %s", Py_TYPE(arg)->tp_name);
        return NULL;
    }
    const char *text = PyUnicode_AsUTF8(arg);
    return PyBool_FromLong(text[0] >= 'A' && text[0] <= 'Z');  //~ error[null.deref]
}

static PyMethodDef methods[] = {
    {"starts_upper", starts_upper, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_text_without_utf8", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_text_without_utf8(void) { return PyModule_Create(&module); }
