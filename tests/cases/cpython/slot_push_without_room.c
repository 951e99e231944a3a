/* push() does not look whether there is room. */
//~ run: made = slot_push_without_room.Stack(0); made.push(7)
//~ run: made = slot_push_without_room.Stack(1); made.push(7)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long *items;
    int size, room;
} Stack;

static PyObject *stack_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    int room;
    if (!PyArg_ParseTuple(args, "i:Stack", &room)) return NULL;
    if (room < 0 || room > 1000) {
        PyErr_SetString(PyExc_ValueError, "room for 0 to 1000");
        return NULL;
    }
    Stack *self = (Stack *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->items = PyMem_New(long, room);
    if (!self->items) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->room = room;
    return (PyObject *)self;
}

static PyObject *stack_push(Stack *self, PyObject *number) {
    long value = PyLong_AsLong(number);
    if (value == -1 && PyErr_Occurred()) return NULL;
    self->items[self->size++] = value;  //~ error[bounds.write]
    Py_RETURN_NONE;
}

static void stack_dealloc(Stack *self) {
    PyMem_Free(self->items);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef stack_methods[] = {
    {"push", (PyCFunction)stack_push, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject stack_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_push_without_room.Stack",
    .tp_basicsize = sizeof(Stack),
    .tp_dealloc = (destructor)stack_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = stack_methods,
    .tp_new = stack_new,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_push_without_room", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_push_without_room(void) {
    if (PyType_Ready(&stack_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&stack_type);
    if (PyModule_AddObject(made, "Stack", (PyObject *)&stack_type) < 0) {
        Py_DECREF(&stack_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
