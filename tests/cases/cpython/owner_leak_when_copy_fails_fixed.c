// The list is given back where there is no memory for the copy.
//~ run: owner_leak_when_copy_fails_fixed.words("ab")  # while malloc fails
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *words(PyObject *self, PyObject *args) {
    const char *text;
    char *copy;
    PyObject *list, *word;
    (void)self;
    if (!PyArg_ParseTuple(args, "s", &text))
        return NULL;
    list = PyList_New(0);
    if (list == NULL)
        return NULL;
    copy = strdup(text);
    if (copy == NULL) {
        Py_DECREF(list);
        return PyErr_NoMemory();
    }
    word = PyUnicode_FromString(copy);
    free(copy);
    if (word == NULL || PyList_Append(list, word) < 0)
        Py_CLEAR(list);
    Py_XDECREF(word);
    return list;
}

static PyMethodDef functions[] = {
    {"words", words, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "owner_leak_when_copy_fails_fixed",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_owner_leak_when_copy_fails_fixed(void) {
    return PyModule_Create(&module);
}
