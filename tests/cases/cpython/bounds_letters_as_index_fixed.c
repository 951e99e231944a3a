/* The table has a place for each byte. */
//~ run: bounds_letters_as_index_fixed.count_letters(b'a\xff')
//~ run: bounds_letters_as_index_fixed.count_letters(b'ab')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *count_letters(PyObject *self, PyObject *args) {
    const unsigned char *data;
    Py_ssize_t size;
    int counts[256] = {0};
    if (!PyArg_ParseTuple(args, "y#", &data, &size)) return NULL;
    for (Py_ssize_t i = 0; i < size; i++) counts[data[i]]++;
    return PyLong_FromLong(counts['a']);
}

static PyMethodDef methods[] = {
    {"count_letters", count_letters, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_letters_as_index_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_letters_as_index_fixed(void) { return PyModule_Create(&module); }
