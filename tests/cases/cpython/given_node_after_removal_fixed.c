/* A node that was removed has no value any more. */
//~ run: made = given_node_after_removal_fixed.Chain(); taken = made.append(object()); made.remove(taken)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Node;

typedef struct {
    PyObject_HEAD
    Py_ssize_t count;
} Chain;

static void node_dealloc(Node *self) {
    Py_XDECREF(self->value);
    PyObject_Free(self);
}

static PyObject *node_value(Node *self, PyObject *none) {
    if (!self->value) Py_RETURN_NONE;
    Py_INCREF(self->value);
    return self->value;
}

static PyMethodDef node_methods[] = {{"value", (PyCFunction)node_value, METH_NOARGS, "What it was made of."}, {NULL}};
static PyTypeObject node_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given_node_after_removal_fixed.Node",
    .tp_basicsize = sizeof(Node),
    .tp_dealloc = (destructor)node_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = node_methods,
};

static PyObject *chain_append(Chain *self, PyObject *value) {
    Node *made = PyObject_New(Node, &node_type);
    if (!made) return NULL;
    Py_INCREF(value);
    made->value = value;
    self->count++;
    return (PyObject *)made;
}

static PyObject *chain_remove(Chain *self, PyObject *node) {
    if (!PyObject_TypeCheck(node, &node_type)) {
        PyErr_SetString(PyExc_TypeError, "a node is wanted");
        return NULL;
    }
    if (!((Node *)node)->value) Py_RETURN_NONE;
    Py_CLEAR(((Node *)node)->value);
    self->count--;
    Py_RETURN_NONE;
}

static PyMethodDef chain_methods[] = {
    {"append", (PyCFunction)chain_append, METH_O, "Gives the new node."},
    {"remove", (PyCFunction)chain_remove, METH_O, "A node of the chain."},
    {NULL},
};
static PyTypeObject chain_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given_node_after_removal_fixed.Chain",
    .tp_basicsize = sizeof(Chain),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = chain_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "given_node_after_removal_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_given_node_after_removal_fixed(void) {
    if (PyType_Ready(&chain_type) < 0 || PyType_Ready(&node_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&chain_type);
    if (PyModule_AddObject(made, "Chain", (PyObject *)&chain_type) < 0) {
        Py_DECREF(&chain_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
