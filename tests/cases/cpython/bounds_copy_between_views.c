/* As many bytes as there are go into a view that may be smaller. */
//~ run: bounds_copy_between_views.copy(bytearray(2), bytearray(9))
//~ run: bounds_copy_between_views.copy(bytearray(3), bytearray(3))
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

/* copy(target, source) */
static PyObject *copy(PyObject *self, PyObject *args) {
    Py_buffer target, source;
    if (!PyArg_ParseTuple(args, "w*y*:copy", &target, &source)) return NULL;
    if (target.len > 0 && source.len > 0) memmove(target.buf, source.buf, (size_t)source.len);  //~ error[bounds.write]
    PyBuffer_Release(&source);
    PyBuffer_Release(&target);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"copy", copy, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_copy_between_views", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_copy_between_views(void) { return PyModule_Create(&module); }
