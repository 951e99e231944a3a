/* Memory of CPython objects: allocators, instances of types, and constructors that read the caller's bytes.
 *
 * Objects that only the interpreter may look into are opaque; instances of types written in C are memory like any other.
 * Reference counts are set, never acted on. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "gnomon.h"

/* Without a body anywhere: a path that calls one of these is not modelled, and says so by this name. */
extern void text_that_is_not_ascii(void);
extern void PyType_Ready_of_a_derived_type(void);

static void *allocate(size_t size) {
    if (size > (size_t)PY_SSIZE_T_MAX) return NULL;
    return __gnomon_allocate(size ? size : 1);
}

static void *allocate_zero(size_t count, size_t size) {
    if (size && count > (size_t)PY_SSIZE_T_MAX / size) return NULL;
    return __gnomon_allocate_zero(count && size ? count * size : 1);
}

static void *reallocate(void *block, size_t size) {
    if (size > (size_t)PY_SSIZE_T_MAX) return NULL;
    void *moved = __gnomon_allocate(size ? size : 1);
    if (!block) return moved;
    size_t old_size = __gnomon_object_size(block);
    __gnomon_copy(moved, block, old_size < size ? old_size : size);
    __gnomon_release(block);
    return moved;
}

void *PyMem_Malloc(size_t size) { return allocate(size); }
void *PyMem_Calloc(size_t count, size_t size) { return allocate_zero(count, size); }
void *PyMem_Realloc(void *block, size_t size) { return reallocate(block, size); }
void PyMem_Free(void *block) { __gnomon_release(block); }

void *PyMem_RawMalloc(size_t size) { return allocate(size); }
void *PyMem_RawCalloc(size_t count, size_t size) { return allocate_zero(count, size); }
void *PyMem_RawRealloc(void *block, size_t size) { return reallocate(block, size); }
void PyMem_RawFree(void *block) { __gnomon_release(block); }

void *PyObject_Malloc(size_t size) { return allocate(size); }
void *PyObject_Calloc(size_t count, size_t size) { return allocate_zero(count, size); }
void *PyObject_Realloc(void *block, size_t size) { return reallocate(block, size); }
void PyObject_Free(void *block) { __gnomon_release(block); }
void PyObject_GC_Del(void *block) { __gnomon_release(block); }

/* Instances. The sizes are CPython's: one item more than asked, rounded up to whole words. */
static size_t instance_size(PyTypeObject *type, Py_ssize_t items) {
    size_t size = (size_t)type->tp_basicsize + (size_t)items * (size_t)type->tp_itemsize;
    return (size + 7) / 8 * 8;
}

PyObject *PyObject_Init(PyObject *object, PyTypeObject *type) {
    object->ob_refcnt = 1;
    object->ob_type = type;
    __gnomon_keep(object); /* who owns it is a matter of its reference count */
    return object;
}

PyVarObject *PyObject_InitVar(PyVarObject *object, PyTypeObject *type, Py_ssize_t size) {
    PyObject_Init((PyObject *)object, type);
    object->ob_size = size;
    return object;
}

PyObject *PyType_GenericAlloc(PyTypeObject *type, Py_ssize_t items) {
    PyObject *object = __gnomon_allocate_zero(instance_size(type, items + 1));
    if (type->tp_itemsize) ((PyVarObject *)object)->ob_size = items;
    return PyObject_Init(object, type);
}

PyObject *PyType_GenericNew(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    (void)args, (void)kwds;
    return type->tp_alloc(type, 0);
}

PyObject *_PyObject_New(PyTypeObject *type) {
    return PyObject_Init(__gnomon_allocate(instance_size(type, 0)), type);
}

PyVarObject *_PyObject_NewVar(PyTypeObject *type, Py_ssize_t items) {
    return PyObject_InitVar(__gnomon_allocate(instance_size(type, items)), type, items);
}

PyObject *_PyObject_GC_New(PyTypeObject *type) { return _PyObject_New(type); }
PyVarObject *_PyObject_GC_NewVar(PyTypeObject *type, Py_ssize_t items) { return _PyObject_NewVar(type, items); }

/* What a static type that derives from `object` alone inherits. */
int PyType_Ready(PyTypeObject *type) {
    if (type->tp_flags & Py_TPFLAGS_READY) return 0;
    if (type->tp_base && type->tp_base != &PyBaseObject_Type) PyType_Ready_of_a_derived_type();
    int is_collected = (type->tp_flags & Py_TPFLAGS_HAVE_GC) != 0;
    type->tp_base = &PyBaseObject_Type;
    if (!((PyObject *)type)->ob_type) ((PyObject *)type)->ob_type = &PyType_Type;
    if (!type->tp_basicsize) type->tp_basicsize = (Py_ssize_t)sizeof(PyObject);
    if (!type->tp_alloc) type->tp_alloc = PyType_GenericAlloc;
    if (!type->tp_free) type->tp_free = is_collected ? PyObject_GC_Del : PyObject_Free;
    type->tp_flags |= Py_TPFLAGS_READY;
    return 0;
}

int PyType_IsSubtype(PyTypeObject *type, PyTypeObject *base) {
    if (type == base) return 1;
    if (type->tp_base && type->tp_base != &PyBaseObject_Type) PyType_Ready_of_a_derived_type();
    return base == &PyBaseObject_Type;
}

/* Buffers that argument parsing filled. */
void PyBuffer_Release(Py_buffer *view) {
    if (view->obj) view->obj = NULL;
}

/* Objects made from the caller's bytes. */
static void must_be_ascii(const char *text, size_t size) {
    for (size_t i = 0; i < size; ++i)
        if ((unsigned char)text[i] >= 0x80) text_that_is_not_ascii();
}

static size_t length_of(const char *text) {
    size_t length = 0;
    while (text[length]) ++length;
    return length;
}

static PyObject *bytes_object(const char *bytes, Py_ssize_t size) {
    if (size < 0) return NULL;
    if (bytes) __gnomon_touch(bytes, (size_t)size);
    return __gnomon_new_opaque();
}

PyObject *PyBytes_FromStringAndSize(const char *bytes, Py_ssize_t size) { return bytes_object(bytes, size); }
PyObject *PyByteArray_FromStringAndSize(const char *bytes, Py_ssize_t size) { return bytes_object(bytes, size); }

PyObject *PyBytes_FromString(const char *text) {
    length_of(text);
    return __gnomon_new_opaque();
}

PyObject *PyUnicode_FromStringAndSize(const char *text, Py_ssize_t size) {
    if (size < 0) return NULL;
    if (text) must_be_ascii(text, (size_t)size);
    return __gnomon_new_opaque();
}

PyObject *PyUnicode_FromString(const char *text) {
    must_be_ascii(text, length_of(text));
    return __gnomon_new_opaque();
}

PyObject *PyList_New(Py_ssize_t size) { return size < 0 ? NULL : __gnomon_new_opaque(); }
PyObject *PyTuple_New(Py_ssize_t size) { return size < 0 ? NULL : __gnomon_new_opaque(); }
