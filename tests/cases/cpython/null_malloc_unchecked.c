// Nobody asks whether malloc gave any memory.
//~ run: null_malloc_unchecked.twice(b"ab")  # while malloc fails
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *twice(PyObject *self, PyObject *args) {
    const char *text;
    char *both;
    Py_ssize_t length;
    PyObject *made;
    (void)self;
    if (!PyArg_ParseTuple(args, "y#", &text, &length))
        return NULL;
    both = malloc(2 * (size_t)length + 1);
    both[0] = '\0';  //~ error[null.deref]: through a null pointer
    memcpy(both, text, (size_t)length);
    memcpy(both + length, text, (size_t)length);
    made = PyBytes_FromStringAndSize(both, 2 * length);
    free(both);
    return made;
}

static PyMethodDef functions[] = {
    {"twice", twice, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "null_malloc_unchecked",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_null_malloc_unchecked(void) {
    return PyModule_Create(&module);
}
