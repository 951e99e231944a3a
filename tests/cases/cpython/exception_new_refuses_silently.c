/* A size that is refused makes no object, and nobody says why. */
//~ run: exception_new_refuses_silently.Pool(-1)
//~ run: exception_new_refuses_silently.Pool(3)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int size;
} Pool;

static PyObject *pool_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    int size;
    if (!PyArg_ParseTuple(args, "i:Pool", &size)) return NULL;
    if (size <= 0) {
        return NULL;  //~ error[exception.missing]
    }
    Pool *self = (Pool *)type->tp_alloc(type, 0);
    if (self) self->size = size;
    return (PyObject *)self;
}

static PyTypeObject pool_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_new_refuses_silently.Pool",
    .tp_basicsize = sizeof(Pool),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = pool_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_new_refuses_silently", .m_size = -1};
PyMODINIT_FUNC PyInit_exception_new_refuses_silently(void) {
    if (PyType_Ready(&pool_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&pool_type);
    if (PyModule_AddObject(made, "Pool", (PyObject *)&pool_type) < 0) {
        Py_DECREF(&pool_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
