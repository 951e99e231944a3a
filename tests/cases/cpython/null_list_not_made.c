/* The list may not be there when memory runs out. */
//~ run: null_list_not_made.pair([1], [2])
//~ run: null_list_not_made.pair([1], [2])  # while allocations fail
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *pair(PyObject *self, PyObject *args) {
    PyObject *first, *second;
    if (!PyArg_ParseTuple(args, "OO:pair", &first, &second)) return NULL;
    PyObject *made = PyList_New(2);
    PyList_SET_ITEM(made, 0, Py_NewRef(first));  //~ error[null.deref]
    PyList_SET_ITEM(made, 1, Py_NewRef(second));
    return made;
}


static PyMethodDef methods[] = {
    {"pair", pair, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_list_not_made", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_list_not_made(void) { return PyModule_Create(&module); }
