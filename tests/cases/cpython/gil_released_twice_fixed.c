/* Only the helper releases the lock. */
//~ run: gil_released_twice_fixed.sleep_twice(None)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static volatile int turns;

static void spin(void) {
    Py_BEGIN_ALLOW_THREADS
    turns = 1;
    Py_END_ALLOW_THREADS
}

static PyObject *sleep_twice(PyObject *self, PyObject *ignored) {
    spin();
    spin();
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"sleep_twice", sleep_twice, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_released_twice_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_released_twice_fixed(void) { return PyModule_Create(&module); }
