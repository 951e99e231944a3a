/* A lone surrogate has no UTF-8; the exception is cleared for the fallback. */
//~ run: exception_text_without_utf8_fixed.initial('\udc80')
//~ run: exception_text_without_utf8_fixed.initial('abc')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *initial(PyObject *self, PyObject *args) {
    PyObject *name;
    if (!PyArg_ParseTuple(args, "U:initial", &name)) return NULL;
    const char *text = PyUnicode_AsUTF8(name);
    if (!text) {
        PyErr_Clear();
        text = "?";
    }
    char letter = text[0];
    return PyLong_FromLong(letter);
}

static PyMethodDef methods[] = {
    {"initial", initial, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_text_without_utf8_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_text_without_utf8_fixed(void) { return PyModule_Create(&module); }
