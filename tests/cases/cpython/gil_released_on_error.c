/* On the way out for an error the lock is not taken back. */
//~ run: gil_released_on_error.first_even(b'abc')
//~ run: gil_released_on_error.first_even(b'')
//~ run: gil_released_on_error.first_even(b'aca')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first_even(PyObject *self, PyObject *args) {
    const char *data;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "y#:first_even", &data, &size)) return NULL;
    PyThreadState *state = PyEval_SaveThread();
    for (Py_ssize_t i = 0; i < size; i++) {
        if (data[i] % 2 == 0) {
            return PyLong_FromSsize_t(5000);  //~ error[gil.missing]
        }
    }
    PyEval_RestoreThread(state);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"first_even", first_even, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_released_on_error", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_released_on_error(void) { return PyModule_Create(&module); }
