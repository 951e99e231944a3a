// Of the bytes that are asked for, only as many are set as there are letters.
//~ run: defined_bytes_partly_filled.padded(b"ab", 2)
//~ run: defined_bytes_partly_filled.padded(b"ab", 40)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *padded(PyObject *self, PyObject *args) {
    const char *text;
    Py_ssize_t length, width;
    PyObject *made;
    (void)self;
    if (!PyArg_ParseTuple(args, "y#n", &text, &length, &width))
        return NULL;
    if (width < length)
        width = length;
    made = PyBytes_FromStringAndSize(NULL, width);
    if (made == NULL)
        return NULL;
    memcpy(PyBytes_AS_STRING(made), text, (size_t)length);
    return made;  //~ error[defined.read]: gives Python bytes that were never set
}

static PyMethodDef functions[] = {
    {"padded", padded, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "defined_bytes_partly_filled",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_defined_bytes_partly_filled(void) {
    return PyModule_Create(&module);
}
