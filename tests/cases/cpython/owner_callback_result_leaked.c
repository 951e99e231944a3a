/* What a callback returns is not looked at, and not given back. */
//~ run: owner_callback_result_leaked.notify(bytearray, 3)
//~ run: owner_callback_result_leaked.notify(1, 3)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *notify(PyObject *self, PyObject *args) {
    PyObject *callback, *event;
    if (!PyArg_ParseTuple(args, "OO", &callback, &event)) return NULL;
    if (!PyCallable_Check(callback)) {
        PyErr_SetString(PyExc_TypeError, "callback must be callable");
        return NULL;
    }
    PyObject *ignored = PyObject_CallFunctionObjArgs(callback, event, NULL);  //~ error[owner.leak]
    if (ignored == NULL) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"notify", notify, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_callback_result_leaked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_callback_result_leaked(void) { return PyModule_Create(&module); }
