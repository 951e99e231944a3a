/* What is no such capsule ends the call. */
//~ run: null_capsule_of_another_fixed.value(1)
//~ run: null_capsule_of_another_fixed.value(null_capsule_of_another_fixed.make())
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static int shared_value = 42;

static PyObject *make(PyObject *self, PyObject *ignored) {
    return PyCapsule_New(&shared_value, "null_capsule_of_another_fixed.value", NULL);
}

static PyObject *value(PyObject *self, PyObject *capsule) {
    int *value = PyCapsule_GetPointer(capsule, "null_capsule_of_another_fixed.value");
    if (!value) return NULL;
    return PyLong_FromLong(*value);
}

static PyMethodDef methods[] = {
    {"make", make, METH_NOARGS, NULL},
    {"value", value, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_capsule_of_another_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_capsule_of_another_fixed(void) { return PyModule_Create(&module); }
