/* What is owned by others is not visited: a child's value, and nodes of a registry. A type of exceptions and one of lists
   leave the rest to their bases. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Child;

typedef struct {
    PyObject_HEAD
    Child *child;
    PyObject *value; /* the child's */
} Parent;

typedef struct {
    PyBaseExceptionObject head;
    PyObject *detail;
} Failure;

typedef struct {
    PyListObject list;
    PyObject *name;
} Named;

static int child_traverse(Child *self, visitproc visit, void *arg) {
    Py_VISIT(self->value);
    return 0;
}
static int child_clear(Child *self) {
    Py_CLEAR(self->value);
    return 0;
}
static void child_dealloc(Child *self) {
    PyObject_GC_UnTrack(self);
    child_clear(self);
    PyObject_GC_Del(self);
}
static PyTypeObject child_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_traverse_of_others.Child",
    .tp_basicsize = sizeof(Child),
    .tp_dealloc = (destructor)child_dealloc,
    .tp_traverse = (traverseproc)child_traverse,
    .tp_clear = (inquiry)child_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
};

static PyObject *parent_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    PyObject *value;
    if (!PyArg_ParseTuple(args, "O:Parent", &value)) return NULL;
    Parent *self = (Parent *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->child = PyObject_GC_New(Child, &child_type);
    if (!self->child) {
        Py_DECREF(self);
        return NULL;
    }
    Py_INCREF(value);
    self->child->value = value;
    self->value = value;
    PyObject_GC_Track(self->child);
    return (PyObject *)self;
}
static int parent_traverse(Parent *self, visitproc visit, void *arg) {
    Py_VISIT(self->child);
    return 0;
}
static int parent_clear(Parent *self) {
    self->value = NULL;
    Py_CLEAR(self->child);
    return 0;
}
static void parent_dealloc(Parent *self) {
    PyObject_GC_UnTrack(self);
    parent_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}
static PyTypeObject parent_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_traverse_of_others.Parent",
    .tp_basicsize = sizeof(Parent),
    .tp_dealloc = (destructor)parent_dealloc,
    .tp_traverse = (traverseproc)parent_traverse,
    .tp_clear = (inquiry)parent_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = parent_new,
};

static int failure_traverse(Failure *self, visitproc visit, void *arg) {
    Py_VISIT(self->detail);
    return ((PyTypeObject *)PyExc_Exception)->tp_traverse((PyObject *)self, visit, arg);
}
static int failure_clear(Failure *self) {
    Py_CLEAR(self->detail);
    return ((PyTypeObject *)PyExc_Exception)->tp_clear((PyObject *)self);
}
static void failure_dealloc(Failure *self) {
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->detail);
    ((PyTypeObject *)PyExc_Exception)->tp_dealloc((PyObject *)self);
}
static int failure_init(Failure *self, PyObject *args, PyObject *kwds) {
    PyObject *detail;
    if (!PyArg_ParseTuple(args, "O:Failure", &detail)) return -1;
    Py_INCREF(detail);
    Py_XSETREF(self->detail, detail);
    return 0;
}
static PyTypeObject failure_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_traverse_of_others.Failure",
    .tp_basicsize = sizeof(Failure),
    .tp_dealloc = (destructor)failure_dealloc,
    .tp_traverse = (traverseproc)failure_traverse,
    .tp_clear = (inquiry)failure_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_init = (initproc)failure_init,
};

static int named_init(Named *self, PyObject *args, PyObject *kwds) {
    PyObject *item;
    if (!PyArg_ParseTuple(args, "O:Named", &item)) return -1;
    return PyList_Append((PyObject *)self, item);
}
static void named_dealloc(Named *self) {
    PyList_Type.tp_dealloc((PyObject *)self);
}
static int named_traverse(Named *self, visitproc visit, void *arg) {
    return PyList_Type.tp_traverse((PyObject *)self, visit, arg);
}
static PyTypeObject named_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_traverse_of_others.Named",
    .tp_basicsize = sizeof(Named),
    .tp_dealloc = (destructor)named_dealloc,
    .tp_traverse = (traverseproc)named_traverse,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_init = (initproc)named_init,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_traverse_of_others", .m_size = -1};
static int add(PyObject *made, const char *name, PyTypeObject *type) {
    if (PyType_Ready(type) < 0) return -1;
    Py_INCREF(type);
    if (PyModule_AddObject(made, name, (PyObject *)type) == 0) return 0;
    Py_DECREF(type);
    return -1;
}
PyMODINIT_FUNC PyInit_slot_traverse_of_others(void) {
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    failure_type.tp_base = (PyTypeObject *)PyExc_Exception;
    named_type.tp_base = &PyList_Type;
    if (add(made, "Child", &child_type) == 0 && add(made, "Parent", &parent_type) == 0 &&
        add(made, "Failure", &failure_type) == 0 && add(made, "Named", &named_type) == 0)
        return made;
    Py_DECREF(made);
    return NULL;
}
