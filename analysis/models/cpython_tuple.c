/* Tuples. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

#define ITEMS(op) (((PyTupleObject*)(op))->ob_item)
#define SIZE_OF(count) (offsetof(PyTupleObject, ob_item) + SLOTS(count))

/* There is one, that is never freed. */
static PyTupleObject empty = {.ob_base = STATIC_VAR_HEAD(&PyTuple_Type)};

PyObject* PyTuple_New(Py_ssize_t size) {
    if (size == 0) {
        Py_INCREF(&empty);
        return (PyObject*)&empty;
    }
    if (size < 0) return gnomon_bad_call();
    if ((size_t)size > ((size_t)PY_SSIZE_T_MAX - SIZE_OF(1)) / sizeof(PyObject*)) return PyErr_NoMemory();
    PyTupleObject* tuple = gnomon_new(&PyTuple_Type, SIZE_OF(size));
    if (!tuple) return NULL;
    __gnomon_typed(tuple);
    ((PyVarObject*)tuple)->ob_size = size;
    return (PyObject*)tuple;
}

void* gnomon_become_tuple(void* block, long id) {
    __gnomon_resize(block, SIZE_OF(MOST_ANY_ITEMS));
    PyTupleObject* tuple = gnomon_become(block, &PyTuple_Type);
    __gnomon_typed(tuple);
    Py_ssize_t size = __gnomon_choose_long_as(id, "length", 0, MOST_ANY_ITEMS);
    for (int i = 0; i < MOST_ANY_ITEMS; ++i) tuple->ob_item[i] = gnomon_any(CHILD(id, i));
    __gnomon_resize(block, SIZE_OF(size));
    ((PyVarObject*)tuple)->ob_size = size;
    return tuple;
}

static PyObject* copied(PyObject** items, Py_ssize_t size) {
    PyObject* tuple = PyTuple_New(size);
    for (Py_ssize_t i = 0; tuple && i < size; ++i) {
        gnomon_hold(items[i]);
        ITEMS(tuple)[i] = items[i];
    }
    return tuple;
}

Py_ssize_t PyTuple_Size(PyObject* op) {
    if (PyTuple_Check(op)) return Py_SIZE(op);
    gnomon_bad_call();
    return -1;
}

static int is_index(PyObject* op, Py_ssize_t index) {
    if (index >= 0 && index < Py_SIZE(op)) return 1;
    gnomon_raise(PyExc_IndexError);
    return 0;
}

static PyObject* item_of(PyObject* op, Py_ssize_t index) { return is_index(op, index) ? ITEMS(op)[index] : NULL; }

PyObject* PyTuple_GetItem(PyObject* op, Py_ssize_t index) {
    return PyTuple_Check(op) ? item_of(op, index) : gnomon_bad_call();
}

/* Only while nobody else has the tuple. */
int PyTuple_SetItem(PyObject* op, Py_ssize_t index, PyObject* item) {
    int is_own = PyTuple_Check(op) && Py_REFCNT(op) == 1;
    if (!is_own) gnomon_bad_call();
    if (!is_own || !is_index(op, index)) {
        Py_XDECREF(item);
        return -1;
    }
    PyObject* old = ITEMS(op)[index];
    STEAL_IF(item);
    ITEMS(op)[index] = item;
    gnomon_drop_if(old);
    return 0;
}

/* The macro: what was there becomes the caller's business. */
void gnomon_inline_PyTuple_SET_ITEM(PyObject* op, Py_ssize_t index, PyObject* item) {
    if ((size_t)index < (size_t)Py_SIZE(op) && ITEMS(op)[index]) gnomon_give(ITEMS(op)[index]);
    STEAL_IF(item);
    ITEMS(op)[index] = item;
}

PyObject* PyTuple_Pack(Py_ssize_t size, ...) {
    PyObject* tuple = PyTuple_New(size);
    va_list arguments;
    va_start(arguments, size);
    for (Py_ssize_t i = 0; tuple && i < size; ++i) {
        PyObject* item = va_arg(arguments, PyObject*);
        gnomon_hold(item);
        ITEMS(tuple)[i] = item;
    }
    va_end(arguments);
    return tuple;
}

PyObject* PyTuple_GetSlice(PyObject* op, Py_ssize_t low, Py_ssize_t high) {
    if (!op || !PyTuple_Check(op)) return gnomon_bad_call();
    gnomon_clamp(Py_SIZE(op), &low, &high);
    if (low == 0 && high == Py_SIZE(op) && PyTuple_CheckExact(op)) return Py_NewRef(op);
    return copied(ITEMS(op) + low, high - low);
}

int _PyTuple_Resize(PyObject** op, Py_ssize_t size) {
    PyObject* tuple = *op;
    Py_ssize_t before = tuple && Py_IS_TYPE(tuple, &PyTuple_Type) ? Py_SIZE(tuple) : -1;
    if (before < 0 || (before != 0 && Py_REFCNT(tuple) != 1)) {
        *op = NULL;
        Py_XDECREF(tuple);
        gnomon_bad_call();
        return -1;
    }
    if (before == size) return 0;
    *op = size < 0 ? gnomon_bad_call() : PyTuple_New(size);
    Py_ssize_t kept = *op ? (before < size ? before : size) : 0;
    for (Py_ssize_t i = 0; i < kept; ++i) {
        ITEMS(*op)[i] = ITEMS(tuple)[i];
        ITEMS(tuple)[i] = NULL;
    }
    Py_DECREF(tuple);
    return *op ? 0 : -1;
}

/* The type */
static void let_tuple_go(PyObject* op) {
    if (op == (PyObject*)&empty) return;
    PyObject_GC_UnTrack(op);
    for (Py_ssize_t i = Py_SIZE(op); i-- > 0;) gnomon_drop_if(ITEMS(op)[i]);
    Py_TYPE(op)->tp_free(op);
}

static int visit_items(PyObject* op, visitproc visit, void* arg) {
    for (Py_ssize_t i = Py_SIZE(op); i-- > 0;) Py_VISIT(ITEMS(op)[i]);
    return 0;
}

static PyObject* new_tuple(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    (void)kwds;
    Py_ssize_t count = args ? Py_SIZE(args) : 0;
    if (count > 1) return gnomon_raise(PyExc_TypeError);
    PyObject* tuple = count ? PySequence_Tuple(ITEMS(args)[0]) : PyTuple_New(0);
    if (!tuple || type == &PyTuple_Type) return tuple;
    PyObject* made = type->tp_alloc(type, Py_SIZE(tuple));
    for (Py_ssize_t i = 0; made && i < Py_SIZE(tuple); ++i) {
        gnomon_hold(ITEMS(tuple)[i]);
        ITEMS(made)[i] = ITEMS(tuple)[i];
    }
    Py_DECREF(tuple);
    return made;
}

static Py_ssize_t length(PyObject* op) { return Py_SIZE(op); }

static PyObject* new_item_of(PyObject* op, Py_ssize_t index) { return Py_XNewRef(item_of(op, index)); }

static PyObject* concatenated(PyObject* op, PyObject* other) {
    if (!PyTuple_Check(other)) return gnomon_raise(PyExc_TypeError);
    if (Py_SIZE(other) == 0 && PyTuple_CheckExact(op)) return Py_NewRef(op);
    if (Py_SIZE(op) == 0 && PyTuple_CheckExact(other)) return Py_NewRef(other);
    Py_ssize_t first = Py_SIZE(op), size = first + Py_SIZE(other);
    PyObject* sum = PyTuple_New(size);
    for (Py_ssize_t i = 0; sum && i < size; ++i) {
        PyObject* item = i < first ? ITEMS(op)[i] : ITEMS(other)[i - first];
        gnomon_hold(item);
        ITEMS(sum)[i] = item;
    }
    return sum;
}

static PyObject* repeated(PyObject* op, Py_ssize_t times) {
    Py_ssize_t size = Py_SIZE(op);
    if ((size == 0 || times == 1) && PyTuple_CheckExact(op)) return Py_NewRef(op);
    if (size == 0 || times <= 0) return PyTuple_New(0);
    if (size > PY_SSIZE_T_MAX / times) return PyErr_NoMemory();
    PyObject* tuple = PyTuple_New(size * times);
    for (Py_ssize_t i = 0; tuple && i < size * times; ++i) {
        gnomon_hold(ITEMS(op)[i % size]);
        ITEMS(tuple)[i] = ITEMS(op)[i % size];
    }
    return tuple;
}

/* Of other items, another one; who may have none gets none. */
static Py_hash_t hash(PyObject* op) { return gnomon_is_hashable(op) ? __gnomon_unknown() : -1; }

static PyObject* compared(PyObject* op, PyObject* other, int operation) {
    if (!PyTuple_Check(other)) Py_RETURN_NOTIMPLEMENTED;
    return gnomon_compare_items(ITEMS(op), Py_SIZE(op), ITEMS(other), Py_SIZE(other), operation);
}

static int contains(PyObject* op, PyObject* wanted) {
    int found = 0;
    for (Py_ssize_t i = 0; found == 0 && i < Py_SIZE(op); ++i)
        found = PyObject_RichCompareBool(ITEMS(op)[i], wanted, Py_EQ);
    return found;
}

static PyObject* subscript(PyObject* op, PyObject* key) {
    Py_ssize_t start, step, count = gnomon_subscript(key, Py_SIZE(op), &start, &step);
    if (count == GNOMON_NO_SUBSCRIPT) return NULL;
    if (count == GNOMON_ONE_ITEM) return new_item_of(op, start);
    PyObject* tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; tuple && i < count; ++i) {
        PyObject* item = ITEMS(op)[start + i * step];
        gnomon_hold(item);
        ITEMS(tuple)[i] = item;
    }
    return tuple;
}

static PySequenceMethods as_sequence = {.sq_length = length,
                                        .sq_concat = concatenated,
                                        .sq_repeat = repeated,
                                        .sq_item = new_item_of,
                                        .sq_contains = contains};
static PyMappingMethods as_mapping = {.mp_length = length, .mp_subscript = subscript};

PyTypeObject PyTuple_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "tuple",
    .tp_basicsize = offsetof(PyTupleObject, ob_item),
    .tp_itemsize = sizeof(PyObject*),
    .tp_dealloc = let_tuple_go,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = hash,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS | Py_TPFLAGS_READY,
    .tp_traverse = visit_items,
    .tp_richcompare = compared,
    .tp_iter = gnomon_iterate_tuple,
    .tp_base = &PyBaseObject_Type,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = new_tuple,
    .tp_free = PyObject_GC_Del,
};
