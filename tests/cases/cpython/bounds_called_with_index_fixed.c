/* Calling an instance looks up one of four numbers, and no other index is taken. */
//~ run: bounds_called_with_index_fixed.Table()(4)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define ROOM 4

typedef struct {
    PyObject_HEAD
    long numbers[ROOM];
} Table;

static PyObject *table_call(PyObject *self, PyObject *args, PyObject *kwargs) {
    int index;
    if (!PyArg_ParseTuple(args, "i", &index)) return NULL;
    if (index < 0 || index >= ROOM) {
        PyErr_SetString(PyExc_IndexError, "there are four numbers");
        return NULL;
    }
    return PyLong_FromLong(((Table *)self)->numbers[index]);
}

static PyObject *table_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) { return type->tp_alloc(type, 0); }

static PyTypeObject TableType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bounds_called_with_index_fixed.Table",
    .tp_basicsize = sizeof(Table),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = table_new, .tp_call = table_call,
};

static int execute(PyObject *module) {
    if (PyType_Ready(&TableType) < 0) return -1;
    if (PyModule_AddObjectRef(module, "Table", (PyObject *)&TableType) < 0) return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "bounds_called_with_index_fixed", .m_slots = slots,
};
PyMODINIT_FUNC PyInit_bounds_called_with_index_fixed(void) { return PyModuleDef_Init(&definition); }
