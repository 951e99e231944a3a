// What could not be added is missed by nobody, and the module is returned with the exception.
//~ run: import exception_start_goes_on  # while allocations fail
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyTypeObject kind = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_start_goes_on.Kind",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static int announce(void) {
    PyObject *abc, *sequence, *result;
    abc = PyImport_ImportModule("collections.abc");
    if (abc == NULL)
        return -1;
    sequence = PyObject_GetAttrString(abc, "Sequence");
    Py_DECREF(abc);
    if (sequence == NULL)
        return -1;
    result = PyObject_CallMethod(sequence, "register", "O", (PyObject *)&kind);
    Py_DECREF(sequence);
    if (result == NULL)
        return -1;
    Py_DECREF(result);
    return 0;
}

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "exception_start_goes_on",
    .m_size = -1,
};

static PyObject *start(void) {
    PyObject *made = PyModule_Create(&module);
    if (made == NULL)
        return NULL;
    if (PyType_Ready(&kind) < 0 || announce() < 0) {
        Py_DECREF(made);
        return NULL;
    }
    PyModule_AddObjectRef(made, "Kind", (PyObject *)&kind);
    return made;
}

PyMODINIT_FUNC PyInit_exception_start_goes_on(void) {
    return start();  //~ error[exception.pending]: although an exception is set
}
