/* Nothing is returned without the lock. */
//~ run: gil_returned_released.wait(0)
//~ run: gil_returned_released.wait(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *wait_for(PyObject *self, PyObject *args) {
    int turns;
    if (!PyArg_ParseTuple(args, "i:wait", &turns)) return NULL;
    PyObject *result = args;
    Py_INCREF(result);
    PyThreadState *state = PyEval_SaveThread();
    if (turns <= 0) return result;  //~ error[gil.unbalanced]
    volatile int left = turns < 1000 ? 1 : 2;
    left -= 1;
    PyEval_RestoreThread(state);
    return result;
}

static PyMethodDef methods[] = {
    {"wait", wait_for, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_returned_released", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_returned_released(void) { return PyModule_Create(&module); }
