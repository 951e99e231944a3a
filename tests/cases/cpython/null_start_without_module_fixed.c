// There is no memory for the module, which gets a constant all the same.
//~ run: import null_start_without_module_fixed  # while allocations fail
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *limit(PyObject *self, PyObject *unused) {
    (void)self, (void)unused;
    return PyLong_FromLong(16);
}

static PyMethodDef functions[] = {
    {"limit", limit, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "null_start_without_module_fixed",
    .m_size = -1,
    .m_methods = functions,
};

static PyObject *start(void) {
    PyObject *made = PyModule_Create(&module);
    if (made != NULL && PyModule_AddIntConstant(made, "LIMIT", 16) < 0)
        Py_CLEAR(made);
    return made;
}

PyMODINIT_FUNC PyInit_null_start_without_module_fixed(void) {
    return start();
}
