// Where a letter is not known, there is another one.
//~ run: defined_letters_of_stack_fixed.tag(1)
//~ run: defined_letters_of_stack_fixed.tag(7)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *tag(PyObject *self, PyObject *args) {
    char text[2];
    int kind;
    (void)self;
    if (!PyArg_ParseTuple(args, "i", &kind))
        return NULL;
    text[0] = 'T';
    text[1] = kind < 5 ? (char)('a' + (kind & 3)) : '-';
    return PyBytes_FromStringAndSize(text, sizeof text);
}

static PyMethodDef functions[] = {
    {"tag", tag, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "defined_letters_of_stack_fixed",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_defined_letters_of_stack_fixed(void) {
    return PyModule_Create(&module);
}
