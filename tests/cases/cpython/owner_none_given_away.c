/* None has owners like any object (before 3.12): each call takes one away. */
//~ run: owner_none_given_away.discard({}, 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *discard(PyObject *self, PyObject *args) {
    PyObject *table, *key;
    if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &table, &key)) return NULL;
    if (PyDict_DelItem(table, key) < 0) PyErr_Clear();
    return Py_None;  //~ error[owner.borrowed]
}

static PyMethodDef methods[] = {
    {"discard", discard, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_none_given_away", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_none_given_away(void) { return PyModule_Create(&module); }
