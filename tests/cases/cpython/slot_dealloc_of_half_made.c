/* An object whose arguments are refused has no table yet when it goes. */
//~ run: slot_dealloc_of_half_made.Table('a')
//~ run: slot_dealloc_of_half_made.Table(3)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int *cells;
    int size;
} Table;

static PyObject *table_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    Table *self = (Table *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    if (!PyArg_ParseTuple(args, "i:Table", &self->size) || self->size < 1 || self->size > 100) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "1 to 100 cells");
        Py_DECREF(self);
        return NULL;
    }
    self->cells = PyMem_Calloc((size_t)self->size, sizeof(int));
    if (!self->cells) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->cells[0] = 1;
    return (PyObject *)self;
}

static void table_dealloc(Table *self) {
    self->cells[0] = 0;  //~ error[null.deref]
    PyMem_Free(self->cells);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject table_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_dealloc_of_half_made.Table",
    .tp_basicsize = sizeof(Table),
    .tp_dealloc = (destructor)table_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = table_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_dealloc_of_half_made", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_dealloc_of_half_made(void) {
    if (PyType_Ready(&table_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&table_type);
    if (PyModule_AddObject(made, "Table", (PyObject *)&table_type) < 0) {
        Py_DECREF(&table_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
