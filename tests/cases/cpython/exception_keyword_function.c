/* Refusing a value by returning null is not enough. */
//~ run: exception_keyword_function.open(-1)
//~ run: exception_keyword_function.open(3, 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *open_channel(PyObject *self, PyObject *args, PyObject *kwds) {
    static char *names[] = {"number", "mode", NULL};
    int number, mode = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "i|i:open", names, &number, &mode)) return NULL;
    if (number < 0 || mode < 0 || mode > 2) {
        return NULL;  //~ error[exception.missing]
    }
    return Py_BuildValue("ii", number, mode);
}

static PyMethodDef methods[] = {
    {"open", (PyCFunction)(void (*)(void))open_channel, METH_VARARGS | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_keyword_function", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_keyword_function(void) { return PyModule_Create(&module); }
