/* An index that is out of range ends the getter without IndexError. */
//~ run: made = exception_slot_item_missing.Row(); made[7]
//~ run: made = exception_slot_item_missing.Row(); made[0]
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int cells[4];
} Row;

static Py_ssize_t row_length(Row *self) { return 4; }

static PyObject *row_item(Row *self, Py_ssize_t index) {
    if (index < 0) {
        PyErr_SetString(PyExc_IndexError, "row index out of range");
        return NULL;
    }
    if (index >= row_length(self)) return NULL;  //~ error[exception.missing]
    return PyLong_FromLong(self->cells[index]);
}

static PySequenceMethods row_as_sequence = {
    .sq_length = (lenfunc)row_length,
    .sq_item = (ssizeargfunc)row_item,
};

static PyTypeObject row_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "exception_slot_item_missing.Row",
    .tp_basicsize = sizeof(Row),
    .tp_as_sequence = &row_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_slot_item_missing", .m_size = -1};
PyMODINIT_FUNC PyInit_exception_slot_item_missing(void) {
    if (PyType_Ready(&row_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&row_type);
    if (PyModule_AddObject(made, "Row", (PyObject *)&row_type) < 0) {
        Py_DECREF(&row_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
