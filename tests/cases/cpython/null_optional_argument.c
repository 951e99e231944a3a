/* An argument that was left out stays null. */
//~ run: null_optional_argument.pair(1)
//~ run: null_optional_argument.pair(1, 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *pair(PyObject *self, PyObject *args) {
    PyObject *first, *second = NULL;
    if (!PyArg_ParseTuple(args, "O|O:pair", &first, &second)) return NULL;
    PyObject *made = PyTuple_New(2);
    if (!made) return NULL;
    Py_INCREF(first);
    PyTuple_SET_ITEM(made, 0, first);
    Py_INCREF(second);  //~ error[null.deref]
    PyTuple_SET_ITEM(made, 1, second);
    return made;
}

static PyMethodDef methods[] = {
    {"pair", pair, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_optional_argument", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_optional_argument(void) { return PyModule_Create(&module); }
