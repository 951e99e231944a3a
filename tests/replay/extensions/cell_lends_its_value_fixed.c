/* A reference of its own for who gets the value. */
//~ run: made = cell_lends_its_value_fixed.Cell([1]); made.get()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Cell;

static int cell_init(PyObject *self, PyObject *args, PyObject *kwds) {
    PyObject *value = NULL;
    if (!PyArg_ParseTuple(args, "O", &value)) return -1;
    Py_INCREF(value);
    Py_XSETREF(((Cell *)self)->value, value);
    return 0;
}

static void cell_dealloc(PyObject *self) {
    Py_XDECREF(((Cell *)self)->value);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *cell_get(PyObject *self, PyObject *unused) {
    PyObject *value = ((Cell *)self)->value;
    if (!value) Py_RETURN_NONE;
    Py_INCREF(value);
    return value;
}

static PyMethodDef cell_methods[] = {{"get", cell_get, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static PyTypeObject CellType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cell_lends_its_value_fixed.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = cell_init,
    .tp_dealloc = cell_dealloc,
    .tp_methods = cell_methods,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "cell_lends_its_value_fixed", NULL, -1, NULL, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_cell_lends_its_value_fixed(void) {
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddType(made, &CellType) < 0) Py_CLEAR(made);
    return made;
}
