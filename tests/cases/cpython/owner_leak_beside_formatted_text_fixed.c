// The number is given back; what is returned is a text that nobody knows here.
//~ run: owner_leak_beside_formatted_text_fixed.told([1])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *told(PyObject *self, PyObject *object) {
    PyObject *number = PyLong_FromLong(100000);
    (void)self;
    if (number == NULL)
        return NULL;
    PyObject *text = PyUnicode_FromFormat("%R and %ld", object, PyLong_AsLong(number));
    Py_DECREF(number);
    return text;
}

static PyMethodDef functions[] = {
    {"told", told, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "owner_leak_beside_formatted_text_fixed",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_owner_leak_beside_formatted_text_fixed(void) {
    return PyModule_Create(&module);
}
