/* Without the attribute the call fails. */
//~ run: null_attribute_unchecked_fixed.name_length(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *name_length(PyObject *self, PyObject *arg) {
    PyObject *name = PyObject_GetAttrString(arg, "name_of_it");
    if (!name) return NULL;
    if (!PyUnicode_Check(name)) {
        Py_DECREF(name);
        PyErr_SetString(PyExc_TypeError, "the name must be a str");
        return NULL;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(name);
    Py_DECREF(name);
    return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {
    {"name_length", name_length, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_attribute_unchecked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_attribute_unchecked_fixed(void) { return PyModule_Create(&module); }
