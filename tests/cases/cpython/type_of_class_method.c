/* A class method takes what it gets for a label. */
//~ run: type_of_class_method.Label.has_text(type_of_class_method.Label())
//~ run: type_of_class_method.Label.has_text(object())
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static PyTypeObject label_type;

static PyObject *label_has_text(PyObject *type, PyObject *arg) {
    return PyBool_FromLong(((Label *)arg)->text != NULL);  //~ error[type.mismatch]
}

static PyMethodDef label_methods[] = {
    {"has_text", label_has_text, METH_O | METH_CLASS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject label_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "type_of_class_method.Label",
    .tp_basicsize = sizeof(Label),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = label_methods,
    .tp_new = PyType_GenericNew,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "type_of_class_method", .m_size = -1};
PyMODINIT_FUNC PyInit_type_of_class_method(void) {
    if (PyType_Ready(&label_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Label", (PyObject *)&label_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
