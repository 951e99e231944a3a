/* PyDict_GetItem lends its result; giving it back takes it from the dict. */
//~ run: owner_borrowed_value_given_back.enabled({'debug': bytearray(1)})
//~ run: owner_borrowed_value_given_back.enabled({})
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *enabled(PyObject *self, PyObject *args) {
    PyObject *options, *value;
    const char *name = "debug";
    if (!PyArg_ParseTuple(args, "O!|s:enabled", &PyDict_Type, &options, &name)) return NULL;
    value = PyDict_GetItemString(options, name);
    if (!value) return PyLong_FromLong(0);
    int is_true = PyObject_IsTrue(value);
    Py_DECREF(value);  //~ error[owner.over-decref]
    if (is_true < 0) return NULL;
    return PyLong_FromLong(is_true);
}

static PyMethodDef methods[] = {
    {"enabled", enabled, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_borrowed_value_given_back", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_borrowed_value_given_back(void) { return PyModule_Create(&module); }
