/* A text without UTF-8 ends the call. */
//~ run: null_text_without_utf8_fixed.starts_upper('\udc80')
//~ run: null_text_without_utf8_fixed.starts_upper('Abc')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *starts_upper(PyObject *self, PyObject *arg) {
    if (!PyUnicode_Check(arg)) {
        PyErr_Format(PyExc_TypeError, "a str, not %s", Py_TYPE(arg)->tp_name);
        return NULL;
    }
    const char *text = PyUnicode_AsUTF8(arg);
    if (!text) return NULL;
    return PyBool_FromLong(text[0] >= 'A' && text[0] <= 'Z');
}

static PyMethodDef methods[] = {
    {"starts_upper", starts_upper, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_text_without_utf8_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_text_without_utf8_fixed(void) { return PyModule_Create(&module); }
