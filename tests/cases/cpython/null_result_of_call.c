/* A callback that raises gives null, whose count is looked at. */
//~ run: null_result_of_call.run_all([int, 5])
//~ run: null_result_of_call.run_all([int])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *run_all(PyObject *self, PyObject *args) {
    PyObject *callbacks;
    if (!PyArg_ParseTuple(args, "O!:run_all", &PyList_Type, &callbacks)) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(callbacks); i++) {
        PyObject *callback = PyList_GET_ITEM(callbacks, i);
        Py_INCREF(callback);
        PyObject *result = PyObject_CallNoArgs(callback);
        Py_DECREF(callback);
        Py_DECREF(result);  //~ error[null.deref]
    }
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"run_all", run_all, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_result_of_call", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_result_of_call(void) { return PyModule_Create(&module); }
