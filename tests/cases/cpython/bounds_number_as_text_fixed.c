/* Room for any int. */
//~ run: bounds_number_as_text_fixed.shown(-12345678)
//~ run: bounds_number_as_text_fixed.shown(12)
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>

static PyObject *shown(PyObject *self, PyObject *args) {
    int number;
    char text[12];
    if (!PyArg_ParseTuple(args, "i:shown", &number)) return NULL;
    int length = sprintf(text, "%d", number);
    return PyLong_FromLong(length);
}

static PyMethodDef methods[] = {
    {"shown", shown, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_number_as_text_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_number_as_text_fixed(void) { return PyModule_Create(&module); }
