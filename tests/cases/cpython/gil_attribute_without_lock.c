/* A callback is called while the lock is released. */
//~ run: gil_attribute_without_lock.progress(dict, 2)
//~ run: gil_attribute_without_lock.progress(None, 0)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *progress(PyObject *self, PyObject *args) {
    PyObject *callback, *result = NULL;
    int steps, done = 0;
    if (!PyArg_ParseTuple(args, "Oi:progress", &callback, &steps)) return NULL;
    PyThreadState *state = PyEval_SaveThread();
    for (; done < steps && done < 3; done++) continue;
    if (done) result = PyObject_CallNoArgs(callback);  //~ error[gil.missing]
    PyEval_RestoreThread(state);
    if (result || PyErr_Occurred()) return result;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"progress", progress, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_attribute_without_lock", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_attribute_without_lock(void) { return PyModule_Create(&module); }
