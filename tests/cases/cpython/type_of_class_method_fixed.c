/* A class method asks what it gets. */
//~ run: type_of_class_method_fixed.Label.has_text(type_of_class_method_fixed.Label())
//~ run: type_of_class_method_fixed.Label.has_text(object())
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static PyTypeObject label_type;

static PyObject *label_has_text(PyObject *type, PyObject *arg) {
    if (!PyObject_TypeCheck(arg, &label_type)) return PyErr_Format(PyExc_TypeError, "has_text() takes a label");
    return PyBool_FromLong(((Label *)arg)->text != NULL);
}

static PyMethodDef label_methods[] = {
    {"has_text", label_has_text, METH_O | METH_CLASS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject label_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "type_of_class_method_fixed.Label",
    .tp_basicsize = sizeof(Label),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = label_methods,
    .tp_new = PyType_GenericNew,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "type_of_class_method_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_type_of_class_method_fixed(void) {
    if (PyType_Ready(&label_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Label", (PyObject *)&label_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
