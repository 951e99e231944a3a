// A deallocator of a type from a specification gives back the instance, and forgets its reference to the type.
//~ run: made = owner_type_of_instance.Cell()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *content;
} Cell;

static int cell_traverse(PyObject *self, visitproc visit, void *arg) {
    Py_VISIT(((Cell *)self)->content);
    Py_VISIT(Py_TYPE(self));
    return 0;
}

static void cell_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_CLEAR(((Cell *)self)->content);
    type->tp_free(self);  //~ error[owner.leak]: nobody gives back a reference
}

static PyType_Slot cell_slots[] = {
    {Py_tp_dealloc, cell_dealloc},
    {Py_tp_traverse, cell_traverse},
    {0, NULL},
};

static PyType_Spec cell_spec = {
    .name = "owner_type_of_instance.Cell",
    .basicsize = sizeof(Cell),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = cell_slots,
};

static int execute(PyObject *module) {
    PyObject *type = PyType_FromSpec(&cell_spec);
    if (type == NULL)
        return -1;
    int result = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return result;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "owner_type_of_instance",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_owner_type_of_instance(void) {
    return PyModuleDef_Init(&module);
}
