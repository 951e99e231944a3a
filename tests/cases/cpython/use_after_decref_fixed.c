/* First it is looked at. */
//~ run: use_after_decref_fixed.shown_length('ab')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *shown_length(PyObject *self, PyObject *arg) {
    PyObject *shown = PyObject_Repr(arg);
    if (!shown) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(shown);
    Py_DECREF(shown);
    return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {{"shown_length", shown_length, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "use_after_decref_fixed", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_use_after_decref_fixed(void) { return PyModule_Create(&module); }
