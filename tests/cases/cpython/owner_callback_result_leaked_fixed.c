/* What a callback returns is given back at once. */
//~ run: owner_callback_result_leaked_fixed.notify(bytearray, 3)
//~ run: owner_callback_result_leaked_fixed.notify(1, 3)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *notify(PyObject *self, PyObject *args) {
    PyObject *callback, *event;
    if (!PyArg_ParseTuple(args, "OO", &callback, &event)) return NULL;
    if (!PyCallable_Check(callback)) {
        PyErr_SetString(PyExc_TypeError, "callback must be callable");
        return NULL;
    }
    PyObject *ignored = PyObject_CallFunctionObjArgs(callback, event, NULL);
    if (ignored == NULL) return NULL;
    Py_DECREF(ignored);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"notify", notify, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_callback_result_leaked_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_callback_result_leaked_fixed(void) { return PyModule_Create(&module); }
