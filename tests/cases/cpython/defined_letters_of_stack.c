// Where a letter is not known, the text of two letters has only one that was set.
//~ run: defined_letters_of_stack.tag(1)
//~ run: defined_letters_of_stack.tag(7)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *tag(PyObject *self, PyObject *args) {
    char text[2];
    int kind;
    (void)self;
    if (!PyArg_ParseTuple(args, "i", &kind))
        return NULL;
    text[0] = 'T';
    if (kind < 5)
        text[1] = (char)('a' + (kind & 3));
    return PyBytes_FromStringAndSize(text, sizeof text);  //~ error[defined.read]: gives Python bytes that were never set
}

static PyMethodDef functions[] = {
    {"tag", tag, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "defined_letters_of_stack",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_defined_letters_of_stack(void) {
    return PyModule_Create(&module);
}
