/* "N" takes over the text. */
//~ run: owner_build_value_o_fixed.described([1, 2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* described(x) -> (repr(x), how long it is) */
static PyObject *described(PyObject *self, PyObject *arg) {
    PyObject *text = PyObject_Repr(arg);
    if (!text) return NULL;
    Py_ssize_t length = PyUnicode_GetLength(text);
    if (length < 0) {
        Py_DECREF(text);
        return NULL;
    }
    return Py_BuildValue("(Nn)", text, length);
}

static PyMethodDef methods[] = {
    {"described", described, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_build_value_o_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_build_value_o_fixed(void) { return PyModule_Create(&module); }
