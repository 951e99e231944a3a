/* Where there is no list, what it was to hold is given back. */
//~ run: owner_argument_lost_without_memory_fixed.boxed([1])
//~ run: owner_argument_lost_without_memory_fixed.boxed([1])  # while allocations fail
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *boxed(PyObject *self, PyObject *const *args, Py_ssize_t count) {
    if (count != 1) return PyErr_Format(PyExc_TypeError, "boxed() takes one argument");
    Py_INCREF(args[0]);
    PyObject *made = PyList_New(1);
    if (!made) {
        Py_DECREF(args[0]);
        return NULL;
    }
    PyList_SET_ITEM(made, 0, args[0]);
    return made;
}


static PyMethodDef methods[] = {
    {"boxed", (PyCFunction)boxed, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_argument_lost_without_memory_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_argument_lost_without_memory_fixed(void) { return PyModule_Create(&module); }
