// PyModule_AddObject takes over the reference only where it succeeds.
//~ run: import owner_start_gives_up  # while allocations fail
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *scales(PyObject *self, PyObject *unused) {
    (void)unused;
    return PyObject_GetAttrString(self, "SCALES");
}

static int execute(PyObject *module) {
    PyObject *table = Py_BuildValue("[dd]", 0.5, 2.5);  //~ error[owner.leak]: `list` object
    if (table == NULL)
        return -1;
    return PyModule_AddObject(module, "SCALES", table);
}

static PyMethodDef functions[] = {
    {"scales", scales, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, execute},
    {0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "owner_start_gives_up",
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_owner_start_gives_up(void) {
    return PyModuleDef_Init(&module);
}
