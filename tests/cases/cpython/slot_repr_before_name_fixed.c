/* A label without a text shows none. */
//~ run: made = slot_repr_before_name_fixed.Label(); repr(made)
//~ run: made = slot_repr_before_name_fixed.Label('a'); repr(made)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static int label_init(Label *self, PyObject *args, PyObject *kwds) {
    PyObject *text = NULL;
    if (!PyArg_ParseTuple(args, "|U:Label", &text)) return -1;
    Py_XINCREF(text);
    Py_XSETREF(self->text, text);
    return 0;
}

static void label_dealloc(Label *self) {
    Py_XDECREF(self->text);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *label_repr(Label *self) {
    if (!self->text) return PyUnicode_FromString("<Label>");
    return PyUnicode_FromFormat("<Label of %zd>", PyUnicode_GET_LENGTH(self->text));
}

static PyTypeObject label_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_repr_before_name_fixed.Label",
    .tp_basicsize = sizeof(Label),
    .tp_dealloc = (destructor)label_dealloc,
    .tp_repr = (reprfunc)label_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = (initproc)label_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_repr_before_name_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_repr_before_name_fixed(void) {
    if (PyType_Ready(&label_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&label_type);
    if (PyModule_AddObject(made, "Label", (PyObject *)&label_type) < 0) {
        Py_DECREF(&label_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
