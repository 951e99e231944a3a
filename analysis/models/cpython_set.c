/* Sets and frozen sets: their elements in the order of their coming. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

#define SET(op) ((PySetObject*)(op)) /* `fill` is the end of its table, holes included; `mask` the room behind it */
enum { MISSING = -1, FAILED = -2 };

static int is_any_set(PyObject* op) {
    if (PyAnySet_Check(op)) return 1;
    gnomon_bad_call();
    return 0;
}

static int is_set(PyObject* op) {
    if (PySet_Check(op)) return 1;
    gnomon_bad_call();
    return 0;
}

static Py_ssize_t find(PyObject* op, PyObject* key) {
    if (!gnomon_is_hashable(key)) return FAILED;
    for (Py_ssize_t i = 0; i < SET(op)->fill; ++i) {
        PyObject* one = SET(op)->table[i].key;
        int is_same = one ? gnomon_is_same_key(one, key) : 0;
        if (is_same) return is_same > 0 ? i : FAILED;
    }
    return MISSING;
}

static void make_room(PySetObject* set) {
    if (set->fill < set->mask) return;
    Py_ssize_t room = set->used ? 2 * set->used : 5, end = 0;
    setentry* table = gnomon_block((size_t)room * sizeof(setentry));
    for (Py_ssize_t i = 0; i < set->fill; ++i)
        if (set->table[i].key) table[end++] = set->table[i];
    __gnomon_release(set->table);
    set->table = table;
    set->fill = end;
    set->mask = room;
}

static int add(PyObject* op, PyObject* key) {
    Py_ssize_t at = find(op, key);
    if (at != MISSING) return at == FAILED ? -1 : 0;
    gnomon_hold(key);
    make_room(SET(op));
    SET(op)->table[SET(op)->fill++].key = key;
    SET(op)->used += 1;
    return 0;
}

/* The element is the caller's. */
static PyObject* take_out(PyObject* op, Py_ssize_t at) {
    PyObject* key = SET(op)->table[at].key;
    SET(op)->table[at].key = NULL;
    SET(op)->used -= 1;
    return gnomon_give(key);
}

static int update(PyObject* op, PyObject* iterable) {
    PyObject* iterator = PyObject_GetIter(iterable);
    if (!iterator) return -1;
    PyObject* key;
    int result = 0;
    while (result == 0 && (key = PyIter_Next(iterator))) {
        result = add(op, key);
        Py_DECREF(key);
    }
    Py_DECREF(iterator);
    return result < 0 || gnomon_is_raised() ? -1 : 0;
}

static PyObject* make(PyTypeObject* type, PyObject* iterable) {
    PyObject* set = type->tp_alloc(type, 0);
    if (!set || !iterable || update(set, iterable) == 0) return set;
    Py_DECREF(set);
    return NULL;
}

PyObject* PySet_New(PyObject* iterable) { return make(&PySet_Type, iterable); }
PyObject* PyFrozenSet_New(PyObject* iterable) { return make(&PyFrozenSet_Type, iterable); }

Py_ssize_t PySet_Size(PyObject* op) { return is_any_set(op) ? SET(op)->used : -1; }

int PySet_Contains(PyObject* op, PyObject* key) {
    Py_ssize_t at = is_any_set(op) ? find(op, key) : FAILED;
    return at == FAILED ? -1 : at != MISSING;
}

/* To a frozen set, while nobody else has it. */
int PySet_Add(PyObject* op, PyObject* key) {
    if (PySet_Check(op) || (PyFrozenSet_Check(op) && Py_REFCNT(op) == 1)) return add(op, key);
    gnomon_bad_call();
    return -1;
}

int PySet_Discard(PyObject* op, PyObject* key) {
    Py_ssize_t at = is_set(op) ? find(op, key) : FAILED;
    if (at < 0) return at == FAILED ? -1 : 0;
    Py_DECREF(take_out(op, at));
    return 1;
}

/* Which one, nobody may depend on: here the first. */
PyObject* PySet_Pop(PyObject* op) {
    if (!is_set(op)) return NULL;
    for (Py_ssize_t i = 0; i < SET(op)->fill; ++i)
        if (SET(op)->table[i].key) return take_out(op, i);
    return gnomon_raise(PyExc_KeyError);
}

static int clear(PyObject* op) {
    setentry* table = SET(op)->table;
    Py_ssize_t end = SET(op)->fill;
    SET(op)->table = NULL;
    SET(op)->fill = SET(op)->used = SET(op)->mask = 0;
    for (Py_ssize_t i = 0; i < end; ++i) gnomon_drop_if(table[i].key);
    __gnomon_release(table);
    return 0;
}

int PySet_Clear(PyObject* op) { return is_set(op) ? clear(op) : -1; }

int _PySet_NextEntry(PyObject* op, Py_ssize_t* position, PyObject** key, Py_hash_t* hash) {
    if (!is_any_set(op)) return -1;
    while (*position < SET(op)->fill && !SET(op)->table[*position].key) *position += 1;
    if (*position >= SET(op)->fill) return 0;
    *key = SET(op)->table[*position].key;
    *hash = __gnomon_unknown();
    *position += 1;
    return 1;
}

/* Iterators */
struct iterator {
    PyObject head;
    PyObject* set; /* null: it has ended */
    Py_ssize_t index, size;
};

static void let_iterator_go(PyObject* op) {
    gnomon_drop_if(((struct iterator*)op)->set);
    gnomon_free(op);
}

static PyObject* next(PyObject* op) {
    struct iterator* self = (struct iterator*)op;
    PyObject *set = self->set, *key;
    if (!set) return NULL;
    if (SET(set)->used != self->size) {
        self->size = -1; /* from now on, always */
        return gnomon_raise(PyExc_RuntimeError);
    }
    Py_hash_t hash;
    if (_PySet_NextEntry(set, &self->index, &key, &hash)) return Py_NewRef(key);
    self->set = NULL;
    gnomon_drop(set);
    return NULL;
}

static PyTypeObject set_iterator = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "set_iterator",
    .tp_basicsize = sizeof(struct iterator),
    .tp_dealloc = let_iterator_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = next,
    .tp_base = &PyBaseObject_Type,
};

static PyObject* iterate(PyObject* op) {
    struct iterator* iterator = gnomon_new(&set_iterator, sizeof(struct iterator));
    if (!iterator) return NULL;
    gnomon_hold(op);
    iterator->set = op;
    iterator->size = SET(op)->used;
    return (PyObject*)iterator;
}

/* The types */
static void let_set_go(PyObject* op) {
    PyObject_GC_UnTrack(op);
    PyObject_ClearWeakRefs(op);
    clear(op);
    Py_TYPE(op)->tp_free(op);
}

static int visit_elements(PyObject* op, visitproc visit, void* arg) {
    for (Py_ssize_t i = 0; i < SET(op)->fill; ++i) Py_VISIT(SET(op)->table[i].key);
    return 0;
}

static PyObject* iterable_of(PyObject* args) {
    return args && PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, 0) : NULL;
}

static int initialise(PyObject* op, PyObject* args, PyObject* kwds) {
    (void)kwds;
    clear(op);
    PyObject* iterable = iterable_of(args);
    return iterable ? update(op, iterable) : 0;
}

static PyObject* new_frozen(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    (void)kwds;
    PyObject* iterable = iterable_of(args);
    int is_one = type == &PyFrozenSet_Type && iterable && PyFrozenSet_CheckExact(iterable);
    return is_one ? Py_NewRef(iterable) : make(type, iterable);
}

static Py_ssize_t length(PyObject* op) { return SET(op)->used; }

static int contains(PyObject* op, PyObject* key) { return PySet_Contains(op, key); }

/* Is each element of the one in the other? */
static int is_within(PyObject* op, PyObject* other) {
    int is_there = SET(op)->used <= SET(other)->used;
    for (Py_ssize_t i = 0; is_there > 0 && i < SET(op)->fill; ++i)
        if (SET(op)->table[i].key) is_there = PySet_Contains(other, SET(op)->table[i].key);
    return is_there;
}

static PyObject* compared(PyObject* op, PyObject* other, int operation) {
    if (!PyAnySet_Check(other)) Py_RETURN_NOTIMPLEMENTED;
    int is_strict = operation == Py_LT || operation == Py_GT;
    int is_equality = operation == Py_EQ || operation == Py_NE;
    int has_same_size = SET(op)->used == SET(other)->used;
    if (is_strict && has_same_size) Py_RETURN_FALSE;
    if (is_equality && !has_same_size) return PyBool_FromLong(operation == Py_NE);
    int holds = operation == Py_GT || operation == Py_GE ? is_within(other, op) : is_within(op, other);
    return holds < 0 ? NULL : PyBool_FromLong(holds != (operation == Py_NE));
}

static Py_hash_t frozen_hash(PyObject* op) {
    (void)op;
    return __gnomon_unknown();
}

static PySequenceMethods as_sequence = {.sq_length = length, .sq_contains = contains};

PyTypeObject PySet_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "set",
    .tp_basicsize = sizeof(PySetObject),
    .tp_dealloc = let_set_go,
    .tp_as_sequence = &as_sequence,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_traverse = visit_elements,
    .tp_clear = clear,
    .tp_richcompare = compared,
    .tp_iter = iterate,
    .tp_base = &PyBaseObject_Type,
    .tp_init = initialise,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
PyTypeObject PyFrozenSet_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "frozenset",
    .tp_basicsize = sizeof(PySetObject),
    .tp_dealloc = let_set_go,
    .tp_as_sequence = &as_sequence,
    .tp_hash = frozen_hash,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_traverse = visit_elements,
    .tp_clear = clear,
    .tp_richcompare = compared,
    .tp_iter = iterate,
    .tp_base = &PyBaseObject_Type,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = new_frozen,
    .tp_free = PyObject_GC_Del,
};
