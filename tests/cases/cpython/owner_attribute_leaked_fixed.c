/* PyObject_GetAttrString gives a new reference, which is given back. */
//~ run: owner_attribute_leaked_fixed.is_ready(type('T', (), {'ready': property(lambda self: bytearray(3))})())
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static int flag_of(PyObject *object, const char *name) {
    PyObject *flag = PyObject_GetAttrString(object, name);
    if (!flag) return -1;
    int is_set = PyObject_IsTrue(flag);
    Py_DECREF(flag);
    return is_set;
}

static PyObject *is_ready(PyObject *self, PyObject *task) {
    int ready = flag_of(task, "ready");
    if (ready < 0) return NULL;
    return PyBool_FromLong(ready);
}

static PyMethodDef methods[] = {
    {"is_ready", is_ready, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_attribute_leaked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_attribute_leaked_fixed(void) { return PyModule_Create(&module); }
