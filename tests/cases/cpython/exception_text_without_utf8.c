/* A lone surrogate has no UTF-8; the fallback forgets the exception. */
//~ run: exception_text_without_utf8.initial('\udc80')
//~ run: exception_text_without_utf8.initial('abc')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *initial(PyObject *self, PyObject *args) {
    PyObject *name;
    if (!PyArg_ParseTuple(args, "U:initial", &name)) return NULL;
    const char *text = PyUnicode_AsUTF8(name);
    if (!text) text = "?";
    char letter = text[0];
    return PyLong_FromLong(letter);  //~ error[exception.pending]
}

static PyMethodDef methods[] = {
    {"initial", initial, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_text_without_utf8", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_text_without_utf8(void) { return PyModule_Create(&module); }
