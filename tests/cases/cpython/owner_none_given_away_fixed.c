/* A new reference to None for each caller. */
//~ run: owner_none_given_away_fixed.discard({}, 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *discard(PyObject *self, PyObject *args) {
    PyObject *table, *key;
    if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &table, &key)) return NULL;
    if (PyDict_DelItem(table, key) < 0) PyErr_Clear();
    Py_INCREF(Py_None);
    return Py_None;
}

static PyMethodDef methods[] = {
    {"discard", discard, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_none_given_away_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_none_given_away_fixed(void) { return PyModule_Create(&module); }
