/* What PySequence_Fast gave is forgotten where the items do not fit. */
//~ run: owner_fast_sequence_leaked.point({1: 2}.keys())
//~ run: owner_fast_sequence_leaked.point([1, 2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *point(PyObject *self, PyObject *arg) {
    PyObject *items = PySequence_Fast(arg, "a point is a sequence");  //~ error[owner.leak]
    if (!items) return NULL;
    if (PySequence_Fast_GET_SIZE(items) != 2) {
        PyErr_SetString(PyExc_ValueError, "a point has two coordinates");
        return NULL;
    }
    PyObject *point = PyTuple_Pack(2, PySequence_Fast_GET_ITEM(items, 0), PySequence_Fast_GET_ITEM(items, 1));
    Py_DECREF(items);
    return point;
}

static PyMethodDef methods[] = {
    {"point", point, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_fast_sequence_leaked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_fast_sequence_leaked(void) { return PyModule_Create(&module); }
