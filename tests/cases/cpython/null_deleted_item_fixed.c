/* Deleting an item calls the same slot with NULL for the value, which is looked for. */
//~ run: null_deleted_item_fixed.Shelf().__delitem__(0)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define ROOM 4

typedef struct {
    PyObject_HEAD
    double weights[ROOM];
} Shelf;

static int shelf_set(PyObject *self, Py_ssize_t index, PyObject *value) {
    if (index < 0 || index >= ROOM) {
        PyErr_SetString(PyExc_IndexError, "the shelf has four places");
        return -1;
    }
    if (!value || !PyFloat_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "a weight is a float");
        return -1;
    }
    ((Shelf *)self)->weights[index] = PyFloat_AS_DOUBLE(value);
    return 0;
}

static PyObject *shelf_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) { return type->tp_alloc(type, 0); }

static PySequenceMethods as_sequence = {.sq_ass_item = shelf_set};
static PyTypeObject ShelfType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "null_deleted_item_fixed.Shelf",
    .tp_basicsize = sizeof(Shelf),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = shelf_new, .tp_as_sequence = &as_sequence,
};

static int execute(PyObject *module) {
    if (PyType_Ready(&ShelfType) < 0) return -1;
    return PyModule_AddObjectRef(module, "Shelf", (PyObject *)&ShelfType);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "null_deleted_item_fixed", .m_slots = slots,
};
PyMODINIT_FUNC PyInit_null_deleted_item_fixed(void) { return PyModuleDef_Init(&definition); }
