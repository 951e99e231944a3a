/* Types: how they are made ready, what they inherit, how they are made from specifications. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

static void let_type_go(PyObject* type) { (void)type; } /* its module holds it */

static void let_object_go(PyObject* object) {
    PyTypeObject* type = Py_TYPE(object);
    type->tp_free(object);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) Py_DECREF((PyObject*)type);
}

static PyObject* new_object(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    (void)args, (void)kwds;
    return type->tp_alloc(type, 0);
}

static int init_object(PyObject* object, PyObject* args, PyObject* kwds) {
    (void)object, (void)args, (void)kwds;
    return 0;
}

/* Makes an instance, as a call of the type does. */
static PyObject* call_type(PyObject* callee, PyObject* args, PyObject* kwds) {
    PyTypeObject* type = (PyTypeObject*)callee;
    if (!type->tp_new) return gnomon_raise(PyExc_TypeError);
    PyObject* made = type->tp_new(type, args, kwds);
    if (!made || !PyType_IsSubtype(Py_TYPE(made), type) || !Py_TYPE(made)->tp_init) return made;
    if (Py_TYPE(made)->tp_init(made, args, kwds) >= 0) return made;
    Py_DECREF(made);
    return NULL;
}

PyTypeObject PyBaseObject_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "object",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = let_object_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = new_object,
    .tp_init = init_object,
    .tp_free = PyObject_Free,
};

/* What the interpreter's own fields refer to, is not what is asked. */
int gnomon_visit_nothing(PyObject* op, visitproc visit, void* arg) {
    (void)op, (void)visit, (void)arg;
    return 0;
}
int gnomon_clear_nothing(PyObject* op) {
    (void)op;
    return 0;
}

PyTypeObject PyType_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "type",
    .tp_basicsize = sizeof(PyHeapTypeObject),
    .tp_itemsize = 40, /* a PyMemberDef */
    .tp_dealloc = let_type_go,
    .tp_call = call_type,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TYPE_SUBCLASS | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_traverse = gnomon_visit_nothing,
    .tp_clear = gnomon_clear_nothing,
    .tp_free = PyObject_GC_Del,
};

int PyType_IsSubtype(PyTypeObject* type, PyTypeObject* base) {
    for (PyTypeObject* one = type; one; one = one->tp_base)
        if (one == base) return 1;
    return base == &PyBaseObject_Type;
}

unsigned long PyType_GetFlags(PyTypeObject* type) { return type->tp_flags; }
void PyType_Modified(PyTypeObject* type) { (void)type; }

#define KINDS_OF_TYPES                                                                                             \
    (Py_TPFLAGS_LONG_SUBCLASS | Py_TPFLAGS_LIST_SUBCLASS | Py_TPFLAGS_TUPLE_SUBCLASS | Py_TPFLAGS_BYTES_SUBCLASS | \
     Py_TPFLAGS_UNICODE_SUBCLASS | Py_TPFLAGS_DICT_SUBCLASS | Py_TPFLAGS_BASE_EXC_SUBCLASS | Py_TPFLAGS_TYPE_SUBCLASS)

#define INHERIT(slot) \
    if (!type->slot) type->slot = base->slot

int PyType_Ready(PyTypeObject* type) {
    if (type->tp_flags & Py_TPFLAGS_READY) return 0;
    PyTypeObject* base = type->tp_base ? type->tp_base : &PyBaseObject_Type;
    if (base != &PyBaseObject_Type && PyType_Ready(base) < 0) return -1;
    type->tp_base = base;
    if (!Py_TYPE((PyObject*)type)) ((PyObject*)type)->ob_type = Py_TYPE((PyObject*)base);
    if (!(type->tp_flags & Py_TPFLAGS_HAVE_GC) && (base->tp_flags & Py_TPFLAGS_HAVE_GC) && !type->tp_traverse &&
        !type->tp_clear) {
        type->tp_flags |= Py_TPFLAGS_HAVE_GC;
        type->tp_traverse = base->tp_traverse;
        type->tp_clear = base->tp_clear;
    }
    type->tp_flags |= base->tp_flags & KINDS_OF_TYPES;
    /* A static type that derives from `object` alone cannot be called. */
    int can_be_called = base != &PyBaseObject_Type || (type->tp_flags & Py_TPFLAGS_HEAPTYPE);
#ifdef Py_TPFLAGS_DISALLOW_INSTANTIATION
    if (type->tp_flags & Py_TPFLAGS_DISALLOW_INSTANTIATION) {
        can_be_called = 0;
        type->tp_new = NULL;
    }
#endif
    if (can_be_called) INHERIT(tp_new);
    if (!type->tp_basicsize) type->tp_basicsize = base->tp_basicsize;
    INHERIT(tp_itemsize);
    INHERIT(tp_weaklistoffset);
    INHERIT(tp_dealloc);
    INHERIT(tp_alloc);
    INHERIT(tp_init);
    INHERIT(tp_call);
    INHERIT(tp_str);
    INHERIT(tp_repr);
    INHERIT(tp_getattro);
    INHERIT(tp_setattro);
    INHERIT(tp_iter);
    INHERIT(tp_iternext);
    INHERIT(tp_as_number);
    INHERIT(tp_as_sequence);
    INHERIT(tp_as_mapping);
    INHERIT(tp_as_buffer);
    if (!type->tp_richcompare && !type->tp_hash) {
        type->tp_richcompare = base->tp_richcompare;
        type->tp_hash = base->tp_hash;
    }
    if (!type->tp_free) type->tp_free = type->tp_flags & Py_TPFLAGS_HAVE_GC ? PyObject_GC_Del : PyObject_Free;
    type->tp_flags |= Py_TPFLAGS_READY;
    return 0;
}
