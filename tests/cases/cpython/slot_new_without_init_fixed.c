/* An object that was not begun has no text to give. */
//~ run: made = slot_new_without_init_fixed.Label([1]); made.longer([2])
//~ run: made = slot_new_without_init_fixed.Label.__new__(slot_new_without_init_fixed.Label); made.longer([2])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static int label_init(Label *self, PyObject *args, PyObject *kwds) {
    PyObject *text;
    if (!PyArg_ParseTuple(args, "O!:Label", &PyList_Type, &text)) return -1;
    Py_INCREF(text);
    Py_XSETREF(self->text, text);
    return 0;
}

static void label_dealloc(Label *self) {
    Py_XDECREF(self->text);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *label_longer(Label *self, PyObject *other) {
    if (!self->text) return PyErr_Format(PyExc_ValueError, "the label was not begun");
    if (PyList_Append(self->text, other) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef label_methods[] = {{"longer", (PyCFunction)label_longer, METH_O, NULL}, {NULL, NULL, 0, NULL}};

static PyTypeObject label_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_new_without_init_fixed.Label",
    .tp_basicsize = sizeof(Label),
    .tp_dealloc = (destructor)label_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = label_methods,
    .tp_init = (initproc)label_init,
    .tp_new = PyType_GenericNew,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_new_without_init_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_new_without_init_fixed(void) {
    if (PyType_Ready(&label_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Label", (PyObject *)&label_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
