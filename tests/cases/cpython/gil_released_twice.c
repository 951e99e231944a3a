/* A helper releases the lock that its caller has released already. */
//~ run: gil_released_twice.sleep_twice(None)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static volatile int turns;

static void spin(void) {
    Py_BEGIN_ALLOW_THREADS  //~ error[gil.unbalanced]
    turns = 1;
    Py_END_ALLOW_THREADS
}

static PyObject *sleep_twice(PyObject *self, PyObject *ignored) {
    PyThreadState *state = PyEval_SaveThread();
    spin();
    spin();
    PyEval_RestoreThread(state);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"sleep_twice", sleep_twice, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_released_twice", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_released_twice(void) { return PyModule_Create(&module); }
