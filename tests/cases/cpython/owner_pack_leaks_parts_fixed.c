/* The parts are given back when the tuple has its own references. */
//~ run: owner_pack_leaks_parts_fixed.halves(b'abcdef')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *halves(PyObject *self, PyObject *args) {
    const char *data;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "y#", &data, &size)) return NULL;
    Py_ssize_t middle = size / 2;
    PyObject *left = PyByteArray_FromStringAndSize(data, middle);
    if (!left) return NULL;
    PyObject *right = PyByteArray_FromStringAndSize(data + middle, size - middle);
    if (!right) {
        Py_DECREF(left);
        return NULL;
    }
    PyObject *pair = PyTuple_Pack(2, left, right);
    Py_DECREF(left);
    Py_DECREF(right);
    return pair;
}

static PyMethodDef methods[] = {
    {"halves", halves, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_pack_leaks_parts_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_pack_leaks_parts_fixed(void) { return PyModule_Create(&module); }
