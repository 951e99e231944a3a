// What the first method raises is set while the second runs. (A number is made for that, which may fail, too.)
//~ run: exception_pending_second_method.load(__import__("io").BytesIO(b"ab"))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *load(PyObject *self, PyObject *args) {
    PyObject *file, *first;
    Py_ssize_t block = 65536;
    (void)self;
    if (!PyArg_ParseTuple(args, "O|n", &file, &block))
        return NULL;
    first = PyObject_CallMethod(file, "peek", NULL);
    if (first != NULL)
        return first;
    return PyObject_CallMethod(file, "read", "n", block);  //~ error[exception.pending]: while an exception is set
}

static PyMethodDef functions[] = {
    {"load", load, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "exception_pending_second_method",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_exception_pending_second_method(void) {
    return PyModule_Create(&module);
}
