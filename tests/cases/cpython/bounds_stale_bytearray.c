/* Resizing a bytearray moves its bytes; the pointer is of before. */
//~ run: bounds_stale_bytearray.grown(bytearray(b'abc'))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *grown(PyObject *self, PyObject *args) {
    PyObject *array;
    if (!PyArg_ParseTuple(args, "Y:grown", &array)) return NULL;
    Py_ssize_t size = PyByteArray_GET_SIZE(array);
    char *bytes = PyByteArray_AS_STRING(array);
    if (PyByteArray_Resize(array, size + 4000) < 0) return NULL;
    bytes[0] = '+';  //~ error[lifetime.use-after-free]
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"grown", grown, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_stale_bytearray", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_stale_bytearray(void) { return PyModule_Create(&module); }
