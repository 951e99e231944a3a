/* Two types, each with a constructor of its own: both release what they ask for its size. */
//~ run: owner_two_constructors_fixed.Basket()
//~ run: owner_two_constructors_fixed.Crate()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    Py_ssize_t room;
} Container;

static PyObject *basket_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    PyObject *things = PyList_New(4);
    if (!things) return NULL;
    Container *self = (Container *)type->tp_alloc(type, 0);
    if (self) self->room = PyList_GET_SIZE(things);
    Py_DECREF(things);
    return (PyObject *)self;
}

static PyObject *crate_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    PyObject *things = PyTuple_New(8);
    if (!things) return NULL;
    Container *self = (Container *)type->tp_alloc(type, 0);
    if (self) self->room = PyTuple_GET_SIZE(things);
    Py_DECREF(things);
    return (PyObject *)self;
}

static PyTypeObject BasketType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_two_constructors_fixed.Basket",
    .tp_basicsize = sizeof(Container),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = basket_new,
};
static PyTypeObject CrateType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_two_constructors_fixed.Crate",
    .tp_basicsize = sizeof(Container),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = crate_new,
};

static int execute(PyObject *module) {
    if (PyType_Ready(&BasketType) < 0) return -1;
    if (PyModule_AddObjectRef(module, "Basket", (PyObject *)&BasketType) < 0) return -1;
    if (PyType_Ready(&CrateType) < 0) return -1;
    if (PyModule_AddObjectRef(module, "Crate", (PyObject *)&CrateType) < 0) return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "owner_two_constructors_fixed", .m_slots = slots,
};
PyMODINIT_FUNC PyInit_owner_two_constructors_fixed(void) { return PyModuleDef_Init(&definition); }
