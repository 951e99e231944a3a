// Where there is no memory for the list, the second letter is another.
//~ run: defined_without_memory_fixed.named("a")  # while allocations fail
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *named(PyObject *self, PyObject *unused) {
    char *letters = PyMem_RawMalloc(2);
    PyObject *list, *made;
    (void)self, (void)unused;
    if (letters == NULL)
        return PyErr_NoMemory();
    letters[0] = 'n';
    list = PyList_New(1);
    if (list == NULL) {
        PyErr_Clear();
        letters[1] = '-';
    } else {
        letters[1] = 'l';
        Py_DECREF(list);
    }
    made = PyBytes_FromStringAndSize(letters, 2);
    PyMem_RawFree(letters);
    return made;
}

static PyMethodDef functions[] = {
    {"named", named, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "defined_without_memory_fixed",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_defined_without_memory_fixed(void) {
    return PyModule_Create(&module);
}
