/* The name that an object keeps is not given back when it goes. */
//~ run: made = owner_dealloc_forgets_member.Node('ab' * 300)
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
} Node;

static PyObject *node_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    PyObject *name;
    if (!PyArg_ParseTuple(args, "U:Node", &name)) return NULL;
    Node *self = (Node *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->name = PyUnicode_FromFormat("<%U>", name);  //~ error[owner.leak]
    if (!self->name) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void node_dealloc(Node *self) {
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject node_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_dealloc_forgets_member.Node",
    .tp_basicsize = sizeof(Node),
    .tp_dealloc = (destructor)node_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = node_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_dealloc_forgets_member", .m_size = -1};
PyMODINIT_FUNC PyInit_owner_dealloc_forgets_member(void) {
    if (PyType_Ready(&node_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&node_type);
    if (PyModule_AddObject(made, "Node", (PyObject *)&node_type) < 0) {
        Py_DECREF(&node_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
