/* Objects of Python: their counts, how they come and how they go. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#define COUNT(object) (*(long*)(object))

static int count_of(const void* object) { return (int)COUNT(object); }
static int held_of(const void* object) { return (int)(COUNT(object) >> 32); }

/* Of what nobody has asked yet what it is, there is only the count. */
static int is_undecided(PyObject* object) { return __gnomon_object_size(object) == sizeof(long); }

/* Of an instance whose type was made when its module was loaded: it owns a reference to the type, which its deallocator
   gives back. `owed` is a block in its place, made when the instance's memory goes, and lost if the type's count is
   then what it was before. */
static PyObject *ending, *owed;

/* A block of which it is asked whether it is still there. */
static void* watched;
static int has_gone;

void gnomon_watch(void* block) { watched = block; }
int gnomon_has_gone(void) { return has_gone; }

void gnomon_memory_goes(void* block) {
    has_gone |= block && block == watched;
    if (block && block == (void*)ending) owed = gnomon_become(__gnomon_allocate_zero(sizeof(PyObject)), &PyType_Type);
    __gnomon_release(block);
}

/* Where it is asked: the instance that the collector was told of last, until it is told that it goes. Elsewhere it would
   be referred to. */
static PyObject* tracked;
static int is_followed;

void gnomon_follow_tracking(void) { is_followed = 1; }
static void track(PyObject* object) {
    if (is_followed) tracked = object;
}

/* A collection, where Python code runs it: of an object whose count is nothing already, it believes that nobody has it,
   and ends it. */
static int ends_again;
PyObject* gnomon_collect(PyObject* object, PyObject* unused) {
    (void)unused;
    ends_again |= object == tracked && count_of(object) <= 0;
    return Py_NewRef(Py_None);
}
void gnomon_end_collecting(void) {
    __gnomon_returned(NULL, 0, 0, 0, 0, ends_again ? STILL_TRACKED : 0);
    __gnomon_exit_program(); /* what is called back is referred to */
}

static void end_instance(PyObject* object, PyTypeObject* type) {
    PyObject *outer = ending, *owed_by_outer = owed;
    long count = COUNT(type);
    ending = object;
    owed = NULL;
    type->tp_dealloc(object);
    if (owed && COUNT(type) != count) __gnomon_release(owed);
    ending = outer;
    owed = owed_by_outer;
}

static void end(PyObject* object) {
    if (gnomon_may_call_back() && is_undecided(object)) gnomon_become_as_it_goes(object);
    if (is_undecided(object) || gnomon_is_foreign(object)) {
        __gnomon_release(object);
        return;
    }
    PyTypeObject* type = Py_TYPE(object);
    if (!type->tp_dealloc) __gnomon_not_modelled("an object whose type was not made ready");
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        end_instance(object, type);
    else
        type->tp_dealloc(object);
}

void gnomon_inline_Py_INCREF(PyObject* object) {
    if (IS_IMMORTAL(object)) return;
    COUNT(object) += 1;
    __gnomon_answer(object);
}

void gnomon_inline_Py_DECREF(PyObject* object) {
    if (IS_IMMORTAL(object)) return;
    COUNT(object) -= 1;
    if (count_of(object) > 0) return;
    if (held_of(object) > 0) gnomon_over_decref(object);
    end(object);
}

void gnomon_inline_Py_XINCREF(PyObject* object) {
    if (object) gnomon_inline_Py_INCREF(object);
}

void gnomon_inline_Py_XDECREF(PyObject* object) {
    if (object) gnomon_inline_Py_DECREF(object);
}

/* What macros of 3.10 call. */
void gnomon_inline__Py_INCREF(PyObject* object) { gnomon_inline_Py_INCREF(object); }
void gnomon_inline__Py_DECREF(PyObject* object) { gnomon_inline_Py_DECREF(object); }
void gnomon_inline__Py_XINCREF(PyObject* object) { gnomon_inline_Py_XINCREF(object); }
void gnomon_inline__Py_XDECREF(PyObject* object) { gnomon_inline_Py_XDECREF(object); }

void Py_IncRef(PyObject* object) { gnomon_inline_Py_XINCREF(object); }
void Py_DecRef(PyObject* object) { gnomon_inline_Py_XDECREF(object); }
void _Py_IncRef(PyObject* object) { gnomon_inline_Py_INCREF(object); }
void _Py_DecRef(PyObject* object) { gnomon_inline_Py_DECREF(object); }
void _Py_Dealloc(PyObject* object) { end(object); }

PyObject* gnomon_inline__Py_NewRef(PyObject* object) {
    gnomon_inline_Py_INCREF(object);
    return object;
}

PyObject* gnomon_inline__Py_XNewRef(PyObject* object) {
    gnomon_inline_Py_XINCREF(object);
    return object;
}

Py_ssize_t gnomon_inline_Py_REFCNT(PyObject* object) { return count_of(object); }
Py_ssize_t gnomon_inline__Py_REFCNT(PyObject* object) { return count_of(object); } /* until 3.10 */
void gnomon_inline_Py_SET_REFCNT(PyObject* object, Py_ssize_t count) {
    if (IS_IMMORTAL(object)) return;
    COUNT(object) = (COUNT(object) >> 32 << 32) + count;
}

void gnomon_inline__Py_SET_REFCNT(PyObject* object, Py_ssize_t count) { gnomon_inline_Py_SET_REFCNT(object, count); }

void gnomon_hold(PyObject* object) {
    if (!IS_IMMORTAL(object)) COUNT(object) += HELD_ONE + 1;
}

static int is_over;

void gnomon_over(void) {
    is_over = 1;
    gnomon_forget_passed();
}

/* What nobody has used by the end, need not become anything any more. Before, C code may still come back to it. */
void gnomon_drop(PyObject* object) {
    if ((is_over && __gnomon_is_later(object)) || IS_IMMORTAL(object)) return;
    COUNT(object) -= HELD_ONE + 1;
    if (count_of(object) <= 0) end(object);
}

void PyObject_CallFinalizer(PyObject* object) {
    if (Py_TYPE(object)->tp_finalize) Py_TYPE(object)->tp_finalize(object);
}

/* What survives is not finalized a second time if the collector knows it, which is not followed. */
int PyObject_CallFinalizerFromDealloc(PyObject* object) {
    gnomon_hold(object);
    PyObject_CallFinalizer(object);
    if (gnomon_let_be(object)) __gnomon_not_modelled("an object that survives its finalizer");
    return 0;
}

int gnomon_let_be(PyObject* object) {
    if (IS_IMMORTAL(object)) return 1;
    COUNT(object) -= HELD_ONE + 1;
    return count_of(object) > 0;
}

void gnomon_steal(PyObject* object) {
    if (!IS_IMMORTAL(object)) COUNT(object) += HELD_ONE;
}

PyObject* gnomon_give(PyObject* object) {
    if (IS_IMMORTAL(object)) return object;
    COUNT(object) -= HELD_ONE;
    __gnomon_answer(object);
    return object;
}

int gnomon_owned(PyObject* object) { return IS_IMMORTAL(object) ? 0 : count_of(object) - held_of(object); }
int gnomon_is_missing(PyObject* object) { return gnomon_owned(object) < 0; }

void* gnomon_become(void* block, PyTypeObject* type) {
    PyObject* object = block;
    COUNT(object) = 1;
    object->ob_type = type;
    __gnomon_counted(object);
    return object;
}

void* gnomon_new(PyTypeObject* type, size_t size) {
    if (gnomon_allocation_fails()) return PyErr_NoMemory();
    return gnomon_become(__gnomon_allocate_zero(size), type);
}

void gnomon_free(void* object) { __gnomon_release(object); }

void* gnomon_block(size_t size) { return __gnomon_allocate_zero(size ? size : 1); }

void gnomon_let_rarely_happen(void) {
    gnomon_let_allocation_fail(1);
    gnomon_let_containers_change(1);
}

int gnomon_allocation_fails(void) {
    if (!gnomon_may_allocation_fail()) return 0;
    if (!__gnomon_choose_int("an allocation of the interpreter fails", 0, 1)) return 0;
    gnomon_let_allocation_fail(0);
    gnomon_let_containers_change(0);
    return 1;
}

/* Instances of types that are written in C. The sizes are the interpreter's: whole words. */
static size_t instance_size(PyTypeObject* type, Py_ssize_t items) {
    size_t size = (size_t)type->tp_basicsize + (size_t)items * (size_t)type->tp_itemsize;
    return (size + 7) / 8 * 8;
}

PyObject* PyObject_Init(PyObject* object, PyTypeObject* type) {
    gnomon_become(object, type);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) gnomon_inline_Py_INCREF((PyObject*)type);
    return object;
}

PyVarObject* PyObject_InitVar(PyVarObject* object, PyTypeObject* type, Py_ssize_t size) {
    PyObject_Init((PyObject*)object, type);
    object->ob_size = size;
    return object;
}

PyObject* PyType_GenericAlloc(PyTypeObject* type, Py_ssize_t items) {
    if (gnomon_allocation_fails()) return PyErr_NoMemory();
    PyObject* object = __gnomon_allocate_zero(instance_size(type, items + (type->tp_itemsize != 0)));
    PyObject_Init(object, type);
    if (type->tp_itemsize) ((PyVarObject*)object)->ob_size = items;
    if (type->tp_flags & Py_TPFLAGS_HAVE_GC) track(object);
    return object;
}

PyObject* PyType_GenericNew(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    (void)args, (void)kwds;
    return type->tp_alloc(type, 0);
}

PyObject* _PyObject_New(PyTypeObject* type) {
    if (gnomon_allocation_fails()) return PyErr_NoMemory();
    return PyObject_Init(__gnomon_allocate(instance_size(type, 0)), type);
}

PyVarObject* _PyObject_NewVar(PyTypeObject* type, Py_ssize_t items) {
    if (gnomon_allocation_fails()) return (PyVarObject*)PyErr_NoMemory();
    return PyObject_InitVar(__gnomon_allocate(instance_size(type, items)), type, items);
}

PyObject* _PyObject_GC_New(PyTypeObject* type) { return _PyObject_New(type); }
PyVarObject* _PyObject_GC_NewVar(PyTypeObject* type, Py_ssize_t items) { return _PyObject_NewVar(type, items); }
void PyObject_GC_Track(void* object) { track(object); }
void PyObject_GC_UnTrack(void* object) {
    if (tracked == object) tracked = NULL;
}
void PyObject_GC_Del(void* object) {
    PyObject_GC_UnTrack(object);
    gnomon_memory_goes(object);
}
int PyObject_GC_IsTracked(PyObject* object) {
    return is_followed ? object == tracked : (Py_TYPE(object)->tp_flags & Py_TPFLAGS_HAVE_GC) != 0;
}
int PyObject_GC_IsFinalized(PyObject* object) {
    (void)object;
    return 0;
}

/* Objects that there are once, and that nobody frees. */
static void never_freed(PyObject* object) { (void)object; }

static PyTypeObject none_type = {.ob_base = STATIC_VAR_HEAD(&PyType_Type),
                                 .tp_name = "NoneType",
                                 .tp_basicsize = sizeof(PyObject),
                                 .tp_dealloc = never_freed,
                                 .tp_base = &PyBaseObject_Type};
static PyTypeObject not_implemented_type = {.ob_base = STATIC_VAR_HEAD(&PyType_Type),
                                            .tp_name = "NotImplementedType",
                                            .tp_basicsize = sizeof(PyObject),
                                            .tp_dealloc = never_freed,
                                            .tp_base = &PyBaseObject_Type};

PyObject _Py_NoneStruct = STATIC_HEAD(&none_type);
PyObject _Py_NotImplementedStruct = STATIC_HEAD(&not_implemented_type);
PyObject _Py_EllipsisObject = STATIC_HEAD(&PyEllipsis_Type);
PyTypeObject PyEllipsis_Type = {.ob_base = STATIC_VAR_HEAD(&PyType_Type),
                                .tp_name = "ellipsis",
                                .tp_basicsize = sizeof(PyObject),
                                .tp_dealloc = never_freed,
                                .tp_base = &PyBaseObject_Type};
