/* A text of any length, and eight bytes. */
//~ run: text_into_buffer.head('abcdefghi')
//~ run: text_into_buffer.head('ab')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *head(PyObject *self, PyObject *args) {
    const char *text;
    Py_ssize_t length;
    char copy[8];
    if (!PyArg_ParseTuple(args, "s#", &text, &length)) return NULL;
    memcpy(copy, text, (size_t)length);  //~ error[bounds.write]
    return PyBytes_FromStringAndSize(copy, length);
}

static PyMethodDef methods[] = {{"head", head, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "text_into_buffer", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_text_into_buffer(void) { return PyModule_Create(&module); }
