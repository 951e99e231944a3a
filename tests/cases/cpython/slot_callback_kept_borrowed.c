/* The callback is kept without a reference of its own, and given back at the end. */
//~ run: made = slot_callback_kept_borrowed.Hook(bytearray(3))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *callback;
} Hook;

static PyObject *hook_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    PyObject *callback;
    if (!PyArg_ParseTuple(args, "O:Hook", &callback)) return NULL;
    Hook *self = (Hook *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->callback = callback;
    return (PyObject *)self;
}

static void hook_dealloc(Hook *self) {
    Py_XDECREF(self->callback);  //~ error[owner.over-decref]
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject hook_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_callback_kept_borrowed.Hook",
    .tp_basicsize = sizeof(Hook),
    .tp_dealloc = (destructor)hook_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = hook_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_callback_kept_borrowed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_callback_kept_borrowed(void) {
    if (PyType_Ready(&hook_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&hook_type);
    if (PyModule_AddObject(made, "Hook", (PyObject *)&hook_type) < 0) {
        Py_DECREF(&hook_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
