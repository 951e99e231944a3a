/* "z" gives null for None. */
//~ run: null_text_or_none.letters(None)
//~ run: null_text_or_none.letters('ab')
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *letters(PyObject *self, PyObject *args) {
    const char *text;
    if (!PyArg_ParseTuple(args, "z:letters", &text)) return NULL;
    size_t count = strlen(text);  //~ error[null.argument]
    return PyLong_FromSize_t(count);
}

static PyMethodDef methods[] = {
    {"letters", letters, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_text_or_none", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_text_or_none(void) { return PyModule_Create(&module); }
