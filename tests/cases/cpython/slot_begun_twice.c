/* A second `__init__` forgets what the first one took. */
//~ run: made = slot_begun_twice.Label([1]); made.__init__([2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static int label_init(Label *self, PyObject *args, PyObject *kwds) {
    PyObject *text;
    if (!PyArg_ParseTuple(args, "O:Label", &text)) return -1;
    Py_INCREF(text);  //~ error[owner.leak]
    self->text = text;
    return 0;
}

static void label_dealloc(Label *self) {
    Py_XDECREF(self->text);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject label_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_begun_twice.Label",
    .tp_basicsize = sizeof(Label),
    .tp_dealloc = (destructor)label_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = (initproc)label_init,
    .tp_new = PyType_GenericNew,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_begun_twice", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_begun_twice(void) {
    if (PyType_Ready(&label_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Label", (PyObject *)&label_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
