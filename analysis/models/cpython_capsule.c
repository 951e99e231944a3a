/* Capsules: pointers of C as objects. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

struct capsule {
    PyObject head;
    void* pointer;
    const char* name;
    void* context;
    PyCapsule_Destructor destructor;
};

static void let_capsule_go(PyObject* object) {
    struct capsule* self = (struct capsule*)object;
    if (self->destructor) self->destructor(object);
    gnomon_free(object);
}

PyTypeObject PyCapsule_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "PyCapsule",
    .tp_basicsize = sizeof(struct capsule),
    .tp_dealloc = let_capsule_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
};

PyObject* PyCapsule_New(void* pointer, const char* name, PyCapsule_Destructor destructor) {
    if (!pointer) return gnomon_raise(PyExc_ValueError);
    struct capsule* made = gnomon_new(&PyCapsule_Type, sizeof(struct capsule));
    if (!made) return NULL;
    made->pointer = pointer;
    made->name = name;
    made->destructor = destructor;
    return (PyObject*)made;
}

static int is_named(const char* one, const char* other) {
    if (!one || !other) return one == other;
    while (*one && *one == *other) ++one, ++other;
    return *one == *other;
}

int PyCapsule_IsValid(PyObject* object, const char* name) {
    return object && Py_TYPE(object) == &PyCapsule_Type && ((struct capsule*)object)->pointer &&
           is_named(((struct capsule*)object)->name, name);
}

static struct capsule* valid(PyObject* object, const char* name) {
    if (PyCapsule_IsValid(object, name)) return (struct capsule*)object;
    gnomon_raise(PyExc_ValueError);
    return NULL;
}

void* PyCapsule_GetPointer(PyObject* object, const char* name) {
    struct capsule* self = valid(object, name);
    return self ? self->pointer : NULL;
}
const char* PyCapsule_GetName(PyObject* object) { return ((struct capsule*)object)->name; }
void* PyCapsule_GetContext(PyObject* object) { return ((struct capsule*)object)->context; }
int PyCapsule_SetContext(PyObject* object, void* context) {
    ((struct capsule*)object)->context = context;
    return 0;
}
int PyCapsule_SetPointer(PyObject* object, void* pointer) {
    if (!pointer) return gnomon_fail(PyExc_ValueError);
    ((struct capsule*)object)->pointer = pointer;
    return 0;
}
void* PyCapsule_Import(const char* name, int is_blocking) {
    (void)name, (void)is_blocking;
    __gnomon_not_modelled("what other modules hold");
    return NULL;
}
