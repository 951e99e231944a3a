/* The view is kept on the way out for an error; it holds its object. */
//~ run: owner_view_not_released.average(bytearray())
//~ run: owner_view_not_released.average(bytearray(4))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *average(PyObject *self, PyObject *args) {
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "y*:average", &view)) return NULL;  //~ error[owner.leak]
    if (view.len == 0) {
        PyErr_SetString(PyExc_ValueError, "no bytes");
        return NULL;
    }
    const unsigned char *bytes = view.buf;
    long sum = 0;
    for (Py_ssize_t i = 0; i < view.len; i++) sum += bytes[i];
    long result = sum / view.len;
    PyBuffer_Release(&view);
    return PyLong_FromLong(result);
}

static PyMethodDef methods[] = {
    {"average", average, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_view_not_released", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_view_not_released(void) { return PyModule_Create(&module); }
