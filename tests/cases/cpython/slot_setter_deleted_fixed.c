/* The setter refuses to delete the attribute. */
//~ run: made = slot_setter_deleted_fixed.Label(); made.text = [1]
//~ run: made = slot_setter_deleted_fixed.Label(); del made.text
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static void label_dealloc(Label *self) {
    Py_XDECREF(self->text);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *label_get(Label *self, void *closure) { return Py_NewRef(self->text ? self->text : Py_None); }

static int label_set(Label *self, PyObject *value, void *closure) {
    if (!value) {
        PyErr_SetString(PyExc_AttributeError, "text cannot be deleted");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(self->text, value);
    return 0;
}

static PyGetSetDef attributes[] = {{"text", (getter)label_get, (setter)label_set, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};

static PyTypeObject label_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_setter_deleted_fixed.Label",
    .tp_basicsize = sizeof(Label),
    .tp_dealloc = (destructor)label_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_getset = attributes,
    .tp_new = PyType_GenericNew,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_setter_deleted_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_setter_deleted_fixed(void) {
    if (PyType_Ready(&label_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Label", (PyObject *)&label_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
