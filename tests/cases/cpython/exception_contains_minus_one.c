/* -1 is meant as "no such thing", and says failure to `in`. */
//~ run: made = exception_contains_minus_one.Bits(); 3 in made
//~ run: made = exception_contains_minus_one.Bits(); 0 in made
//~ run: made = exception_contains_minus_one.Bits(); 'a' in made
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    unsigned bits;
} Bits;

static PyObject *bits_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    Bits *self = (Bits *)type->tp_alloc(type, 0);
    if (self) self->bits = 1;
    return (PyObject *)self;
}

static int bits_contains(Bits *self, PyObject *number) {
    long bit = PyLong_AsLong(number);
    if (bit == -1 && PyErr_Occurred()) return -1;
    if (bit < 0 || bit > 31) return 0;
    return (self->bits >> bit) & 1 ? 1 : -1;  //~ error[exception.missing]
}

static PySequenceMethods bits_as_sequence = {.sq_contains = (objobjproc)bits_contains};

static PyTypeObject bits_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_contains_minus_one.Bits",
    .tp_basicsize = sizeof(Bits),
    .tp_as_sequence = &bits_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = bits_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_contains_minus_one", .m_size = -1};
PyMODINIT_FUNC PyInit_exception_contains_minus_one(void) {
    if (PyType_Ready(&bits_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&bits_type);
    if (PyModule_AddObject(made, "Bits", (PyObject *)&bits_type) < 0) {
        Py_DECREF(&bits_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
