/* pop() of an empty queue reads before its first item. */
//~ run: made = slot_pop_of_empty.Queue(); made.pop()
//~ run: made = slot_pop_of_empty.Queue(); made.put(3); made.pop()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    int count;
    int *items;
} Queue;

static PyObject *queue_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    Queue *self = (Queue *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->items = PyMem_Calloc(16, sizeof(int));
    if (!self->items) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static PyObject *queue_put(Queue *self, PyObject *args) {
    int value;
    if (!PyArg_ParseTuple(args, "i:put", &value)) return NULL;
    if (self->count == 16) {
        PyErr_SetString(PyExc_OverflowError, "full");
        return NULL;
    }
    self->items[self->count++] = value;
    Py_RETURN_NONE;
}

static PyObject *queue_pop(Queue *self, PyObject *ignored) {
    return PyLong_FromLong(self->items[--self->count]);  //~ error[bounds.read]
}

static void queue_dealloc(Queue *self) {
    PyMem_Free(self->items);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef queue_methods[] = {
    {"put", (PyCFunction)queue_put, METH_VARARGS, NULL},
    {"pop", (PyCFunction)queue_pop, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject queue_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_pop_of_empty.Queue",
    .tp_basicsize = sizeof(Queue),
    .tp_dealloc = (destructor)queue_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = queue_methods,
    .tp_new = queue_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_pop_of_empty", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_pop_of_empty(void) {
    if (PyType_Ready(&queue_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&queue_type);
    if (PyModule_AddObject(made, "Queue", (PyObject *)&queue_type) < 0) {
        Py_DECREF(&queue_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
