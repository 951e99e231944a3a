/* The number is given back when the set has it. */
//~ run: owner_set_member_leaked_fixed.lengths(['ab' * 300])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *lengths(PyObject *self, PyObject *args) {
    PyObject *texts;
    if (!PyArg_ParseTuple(args, "O!:lengths", &PyList_Type, &texts)) return NULL;
    PyObject *found = PySet_New(NULL);
    if (!found) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(texts); i++) {
        PyObject *number = PyFloat_FromDouble((double)i + 0.5);
        if (!number || PySet_Add(found, number) < 0) {
            Py_XDECREF(number);
            Py_DECREF(found);
            return NULL;
        }
        Py_DECREF(number);
    }
    return found;
}

static PyMethodDef methods[] = {
    {"lengths", lengths, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_set_member_leaked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_set_member_leaked_fixed(void) { return PyModule_Create(&module); }
