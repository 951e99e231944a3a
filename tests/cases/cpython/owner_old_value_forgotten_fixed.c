/* Py_XSETREF gives back the value before. */
//~ run: made = owner_old_value_forgotten_fixed.Cell(); made.set(2.5); made.set(3.5)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *content;
} Cell;

static PyObject *cell_set(Cell *self, PyObject *arg) {
    double value = PyFloat_AsDouble(arg);
    if (value == -1.0 && PyErr_Occurred()) return NULL;
    PyObject *content = PyFloat_FromDouble(value);
    if (!content) return NULL;
    Py_XSETREF(self->content, content);
    Py_RETURN_NONE;
}

static void cell_dealloc(Cell *self) {
    Py_XDECREF(self->content);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef cell_methods[] = {
    {"set", (PyCFunction)cell_set, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject cell_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_old_value_forgotten_fixed.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_dealloc = (destructor)cell_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = cell_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_old_value_forgotten_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_owner_old_value_forgotten_fixed(void) {
    if (PyType_Ready(&cell_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&cell_type);
    if (PyModule_AddObject(made, "Cell", (PyObject *)&cell_type) < 0) {
        Py_DECREF(&cell_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
