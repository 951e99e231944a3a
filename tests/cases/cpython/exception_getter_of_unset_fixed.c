/* An attribute that was never set raises AttributeError. */
//~ run: made = exception_getter_of_unset_fixed.Job(); made.owner
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *owner;
} Job;

static PyObject *get_owner(Job *self, void *closure) {
    if (!self->owner) {
        PyErr_SetString(PyExc_AttributeError, "owner");
        return NULL;
    }
    Py_XINCREF(self->owner);
    return self->owner;
}

static void job_dealloc(Job *self) {
    Py_CLEAR(self->owner);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyGetSetDef job_getset[] = {
    {"owner", (getter)get_owner, NULL, "who asked for it", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject job_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_getter_of_unset_fixed.Job",
    .tp_basicsize = sizeof(Job),
    .tp_dealloc = (destructor)job_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_getset = job_getset,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_getter_of_unset_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_exception_getter_of_unset_fixed(void) {
    if (PyType_Ready(&job_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&job_type);
    if (PyModule_AddObject(made, "Job", (PyObject *)&job_type) < 0) {
        Py_DECREF(&job_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
