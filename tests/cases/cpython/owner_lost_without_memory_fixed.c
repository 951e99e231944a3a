/* Where there is no tuple, the name is given back. */
//~ run: owner_lost_without_memory_fixed.named([1])
//~ run: owner_lost_without_memory_fixed.named([1])  # while allocations fail
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *named(PyObject *self, PyObject *arg) {
    PyObject *name = PyUnicode_FromString("argument");
    if (!name) return NULL;
    PyObject *made = PyTuple_New(2);
    if (!made) {
        Py_DECREF(name);
        return NULL;
    }
    PyTuple_SET_ITEM(made, 0, name);
    PyTuple_SET_ITEM(made, 1, Py_NewRef(arg));
    return made;
}


static PyMethodDef methods[] = {
    {"named", named, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_lost_without_memory_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_lost_without_memory_fixed(void) { return PyModule_Create(&module); }
