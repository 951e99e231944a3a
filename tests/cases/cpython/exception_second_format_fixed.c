/* The exception of the first format is cleared before the second is tried. */
//~ run: exception_second_format_fixed.seconds('12')
//~ run: exception_second_format_fixed.seconds(2, 30)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* seconds(minutes, seconds) or seconds(text) */
static PyObject *seconds(PyObject *self, PyObject *args) {
    int minutes, rest;
    const char *text;
    if (PyArg_ParseTuple(args, "ii", &minutes, &rest)) {
        if (minutes < 0 || minutes > 1000 || rest < 0 || rest > 59) {
            PyErr_SetString(PyExc_ValueError, "no such time");
            return NULL;
        }
        return PyLong_FromLong(minutes * 60 + rest);
    }
    PyErr_Clear();
    if (!PyArg_ParseTuple(args, "s", &text)) return NULL;
    return PyLong_FromLong(text[0] != 0);
}

static PyMethodDef methods[] = {
    {"seconds", seconds, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_second_format_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_second_format_fixed(void) { return PyModule_Create(&module); }
