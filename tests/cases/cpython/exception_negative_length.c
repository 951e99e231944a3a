/* A length below zero means failure to len(), but no exception is set. */
//~ run: made = exception_negative_length.Stack(); len(made)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    Py_ssize_t top; /* of the items: one below the first free place */
} Stack;

static Py_ssize_t stack_length(Stack *self) { return self->top - 1; }  //~ error[exception.missing]

static PySequenceMethods stack_as_sequence = {.sq_length = (lenfunc)stack_length};

static PyTypeObject stack_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_negative_length.Stack",
    .tp_basicsize = sizeof(Stack),
    .tp_as_sequence = &stack_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_negative_length", .m_size = -1};
PyMODINIT_FUNC PyInit_exception_negative_length(void) {
    if (PyType_Ready(&stack_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&stack_type);
    if (PyModule_AddObject(made, "Stack", (PyObject *)&stack_type) < 0) {
        Py_DECREF(&stack_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
