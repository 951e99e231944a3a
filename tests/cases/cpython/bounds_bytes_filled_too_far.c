/* A bytes object has one byte more than asked for, its NUL, and no second one. */
//~ run: bounds_bytes_filled_too_far.line(30)
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *line(PyObject *self, PyObject *args) {
    int width;
    if (!PyArg_ParseTuple(args, "i:line", &width)) return NULL;
    if (width < 1 || width > 200) {
        PyErr_SetString(PyExc_ValueError, "1 to 200 columns");
        return NULL;
    }
    PyObject *made = PyBytes_FromStringAndSize(NULL, width);
    if (!made) return NULL;
    char *text = PyBytes_AS_STRING(made);
    memset(text, '-', (size_t)width);
    text[width] = '\r';
    text[width + 1] = '\n';  //~ error[bounds.write]
    return made;
}

static PyMethodDef methods[] = {
    {"line", line, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_bytes_filled_too_far", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_bytes_filled_too_far(void) { return PyModule_Create(&module); }
