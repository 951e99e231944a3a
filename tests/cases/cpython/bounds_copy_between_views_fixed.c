/* Views of different lengths are refused. */
//~ run: bounds_copy_between_views_fixed.copy(bytearray(2), bytearray(9))
//~ run: bounds_copy_between_views_fixed.copy(bytearray(3), bytearray(3))
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

/* copy(target, source) */
static PyObject *copy(PyObject *self, PyObject *args) {
    Py_buffer target, source;
    if (!PyArg_ParseTuple(args, "w*y*:copy", &target, &source)) return NULL;
    int fits = source.len <= target.len;
    if (fits && source.len > 0) memmove(target.buf, source.buf, (size_t)source.len);
    PyBuffer_Release(&source);
    PyBuffer_Release(&target);
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "the target is too small");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"copy", copy, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_copy_between_views_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_copy_between_views_fixed(void) { return PyModule_Create(&module); }
