/* Weak references: an object that knows another one as long as that is there. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

struct gnomon_weakref {
    PyObject head;
    PyObject* object; /* null: it is gone */
    struct gnomon_weakref* next;
};

static struct gnomon_weakref* all;

/* C code may look whether there are any, before it clears them. */
static void show_one(PyObject* object) {
    struct gnomon_weakref* one = all;
    Py_ssize_t offset = Py_TYPE(object)->tp_weaklistoffset;
    while (one && one->object != object) one = one->next;
    if (offset > 0) *(PyObject**)((char*)object + offset) = (PyObject*)one;
}

static void let_weakref_go(PyObject* op) {
    struct gnomon_weakref** link = &all;
    PyObject* object = ((struct gnomon_weakref*)op)->object;
    while (*link && *link != (struct gnomon_weakref*)op) link = &(*link)->next;
    if (*link) *link = (*link)->next;
    if (object) show_one(object);
    gnomon_free(op);
}

PyTypeObject _PyWeakref_RefType = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "weakref",
    .tp_basicsize = sizeof(PyWeakReference),
    .tp_dealloc = let_weakref_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
};

/* Of types of C code, those that say where they keep them; of the interpreter's, sets and instances. */
static int can_be_known(PyTypeObject* type) {
    return type->tp_weaklistoffset > 0 || type == &gnomon_Any_Type || type == &PySet_Type || type == &PyFrozenSet_Type;
}

PyObject* PyWeakref_NewRef(PyObject* object, PyObject* callback) {
    if (callback && callback != Py_None) __gnomon_not_modelled("weak references with a function");
    if (!can_be_known(Py_TYPE(object))) return gnomon_raise(PyExc_TypeError);
    struct gnomon_weakref* made = gnomon_new(&_PyWeakref_RefType, sizeof(PyWeakReference));
    if (!made) return NULL;
    made->object = object;
    made->next = all;
    all = made;
    show_one(object);
    return (PyObject*)made;
}

PyObject* PyWeakref_GetObject(PyObject* reference) {
    if (!reference || !PyWeakref_Check(reference)) return gnomon_bad_call();
    PyObject* object = ((struct gnomon_weakref*)reference)->object;
    return object ? object : Py_None;
}

int PyWeakref_GetRef(PyObject* reference, PyObject** result) {
    *result = NULL;
    if (!reference || !PyWeakref_Check(reference)) return gnomon_fail(PyExc_TypeError);
    PyObject* object = ((struct gnomon_weakref*)reference)->object;
    if (!object) return 0;
    Py_INCREF(object);
    *result = object;
    return 1;
}

void PyObject_ClearWeakRefs(PyObject* object) {
    for (struct gnomon_weakref* one = all; one; one = one->next)
        if (one->object == object) one->object = NULL;
    show_one(object);
}

/* What Python does: a weak reference, and whether that learns of the end of the object. */
PyObject* gnomon_refer_weakly(PyObject* object) {
    PyObject* made = PyWeakref_NewRef(object, NULL);
    if (!made) __gnomon_exit_program();
    gnomon_watch(object);
    return made;
}
void gnomon_end_weakly(PyObject* reference) {
    int is_left = gnomon_has_gone() && ((struct gnomon_weakref*)reference)->object;
    __gnomon_returned(NULL, 0, 0, 0, 0, is_left ? STILL_REFERRED : 0);
    __gnomon_exit_program(); /* from here on it leads nowhere */
}
