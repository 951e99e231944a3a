/* Lists. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

/* As much room as the interpreter makes, so that its end is where the interpreter's is. */
static void resize(PyListObject* list, Py_ssize_t size) {
    Py_ssize_t before = Py_SIZE(list);
    Py_SET_SIZE(list, size);
    if (list->allocated >= size && size >= list->allocated / 2) return;
    Py_ssize_t room = (size + size / 8 + 6) / 4 * 4;
    if (size - before > room - size) room = (size + 3) / 4 * 4;
    if (size == 0) room = 0;
    PyObject** items = room ? gnomon_block(SLOTS(room)) : NULL;
    Py_ssize_t kept = before < size ? before : size;
    if (kept) __gnomon_copy(items, list->ob_item, SLOTS(kept));
    __gnomon_release(list->ob_item);
    list->ob_item = items;
    list->allocated = room;
}

PyObject* PyList_New(Py_ssize_t size) {
    if (size < 0) return gnomon_bad_call();
    if ((size_t)size > (size_t)PY_SSIZE_T_MAX / sizeof(PyObject*)) return PyErr_NoMemory();
    PyListObject* list = gnomon_new(&PyList_Type, sizeof(PyListObject));
    if (!list) return NULL;
    __gnomon_typed(list);
    if (size) list->ob_item = gnomon_block(SLOTS(size));
    Py_SET_SIZE(list, size);
    list->allocated = size;
    return (PyObject*)list;
}

void* gnomon_become_list(void* block, long id) {
    __gnomon_resize(block, sizeof(PyListObject));
    PyListObject* list = gnomon_become(block, &PyList_Type);
    __gnomon_typed(list);
    Py_ssize_t size = __gnomon_choose_long_as(id, "length", 0, MOST_ANY_ITEMS);
    list->ob_item = gnomon_block(SLOTS(MOST_ANY_ITEMS));
    for (int i = 0; i < MOST_ANY_ITEMS; ++i) list->ob_item[i] = gnomon_any(CHILD(id, i));
    __gnomon_resize(list->ob_item, SLOTS(size));
    Py_SET_SIZE(list, size);
    list->allocated = size;
    return list;
}

void gnomon_empty_list(PyObject* op) {
    PyListObject* list = (PyListObject*)op;
    PyObject** items = list->ob_item;
    Py_ssize_t size = Py_SIZE(list);
    list->ob_item = NULL;
    Py_SET_SIZE(list, 0);
    list->allocated = 0;
    for (Py_ssize_t i = 0; i < size; ++i) {
        (void)Py_REFCNT(items[i]); /* which matters now */
        gnomon_drop(items[i]);
    }
    __gnomon_release(items);
}

Py_ssize_t PyList_Size(PyObject* op) {
    if (PyList_Check(op)) return Py_SIZE(op);
    gnomon_bad_call();
    return -1;
}

static int is_index(PyObject* op, Py_ssize_t index) {
    if (index >= 0 && index < Py_SIZE(op)) return 1;
    gnomon_raise(PyExc_IndexError);
    return 0;
}

PyObject* PyList_GetItem(PyObject* op, Py_ssize_t index) {
    if (!PyList_Check(op)) return gnomon_bad_call();
    return is_index(op, index) ? ((PyListObject*)op)->ob_item[index] : NULL;
}

PyObject* PyList_GetItemRef(PyObject* op, Py_ssize_t index) {
    if (!PyList_Check(op)) return gnomon_raise(PyExc_TypeError);
    return is_index(op, index) ? Py_NewRef(((PyListObject*)op)->ob_item[index]) : NULL;
}

int PyList_SetItem(PyObject* op, Py_ssize_t index, PyObject* item) {
    if (!PyList_Check(op)) gnomon_bad_call();
    if (!PyList_Check(op) || !is_index(op, index)) {
        Py_XDECREF(item);
        return -1;
    }
    PyObject* old = ((PyListObject*)op)->ob_item[index];
    STEAL_IF(item);
    ((PyListObject*)op)->ob_item[index] = item;
    gnomon_drop_if(old);
    return 0;
}

/* The macro: what was there becomes the caller's business. */
void gnomon_inline_PyList_SET_ITEM(PyObject* op, Py_ssize_t index, PyObject* item) {
    PyObject** items = ((PyListObject*)op)->ob_item;
    if ((size_t)index < (size_t)Py_SIZE(op) && items[index]) gnomon_give(items[index]);
    STEAL_IF(item);
    items[index] = item;
}

static void insert(PyListObject* list, Py_ssize_t index, PyObject* item) {
    Py_ssize_t size = Py_SIZE(list);
    gnomon_hold(item);
    resize(list, size + 1);
    PyObject** at = list->ob_item + index;
    if (index < size) __gnomon_copy(at + 1, at, SLOTS(size - index));
    *at = item;
}

int PyList_Insert(PyObject* op, Py_ssize_t index, PyObject* item) {
    if (!PyList_Check(op) || !item) {
        gnomon_bad_call();
        return -1;
    }
    Py_ssize_t end = Py_SIZE(op);
    if (index < 0) index += end;
    gnomon_clamp(end, &index, &end);
    insert((PyListObject*)op, index, item);
    return 0;
}

int PyList_Append(PyObject* op, PyObject* item) {
    if (!PyList_Check(op) || !item) {
        gnomon_bad_call();
        return -1;
    }
    insert((PyListObject*)op, Py_SIZE(op), item);
    return 0;
}

static PyObject* copied(PyObject** items, Py_ssize_t size) {
    PyListObject* list = (PyListObject*)PyList_New(size);
    for (Py_ssize_t i = 0; list && i < size; ++i) {
        gnomon_hold(items[i]);
        list->ob_item[i] = items[i];
    }
    return (PyObject*)list;
}

PyObject* PyList_GetSlice(PyObject* op, Py_ssize_t low, Py_ssize_t high) {
    if (!PyList_Check(op)) return gnomon_bad_call();
    gnomon_clamp(Py_SIZE(op), &low, &high);
    return copied(((PyListObject*)op)->ob_item + low, high - low);
}

/* The old items go when the list has its new shape: what letting them go runs may look at it. */
static int replace(PyListObject* list, Py_ssize_t low, Py_ssize_t high, PyObject** items, Py_ssize_t count) {
    Py_ssize_t size = Py_SIZE(list), gone = high - low, changed = size + count - gone;
    PyObject** old = gone ? gnomon_block(SLOTS(gone)) : NULL;
    if (gone) __gnomon_copy(old, list->ob_item + low, SLOTS(gone));
    if (changed > size) resize(list, changed);
    PyObject** at = list->ob_item + low;
    if (size > high && count != gone) __gnomon_copy(at + count, at + gone, SLOTS(size - high));
    if (changed < size) resize(list, changed);
    for (Py_ssize_t i = 0; i < count; ++i) {
        gnomon_hold(items[i]);
        list->ob_item[low + i] = items[i];
    }
    for (Py_ssize_t i = gone; i-- > 0;) gnomon_drop_if(old[i]);
    __gnomon_release(old);
    return 0;
}

int PyList_SetSlice(PyObject* op, Py_ssize_t low, Py_ssize_t high, PyObject* items) {
    if (!PyList_Check(op)) {
        gnomon_bad_call();
        return -1;
    }
    PyObject* given = NULL;
    if (items) given = op == items ? copied(((PyListObject*)op)->ob_item, Py_SIZE(op)) : NULL;
    if (items && !given) given = PySequence_Fast(items, "can only assign an iterable");
    if (items && !given) return -1;
    gnomon_clamp(Py_SIZE(op), &low, &high);
    if (!given) return replace((PyListObject*)op, low, high, NULL, 0);
    replace((PyListObject*)op, low, high, PySequence_Fast_ITEMS(given), PySequence_Fast_GET_SIZE(given));
    Py_DECREF(given);
    return 0;
}

int PyList_Clear(PyObject* op) { return PyList_SetSlice(op, 0, PY_SSIZE_T_MAX, NULL); }

static int extend(PyListObject* list, PyObject* iterable) {
    if (PyList_CheckExact(iterable) || PyTuple_CheckExact(iterable))
        return PyList_SetSlice((PyObject*)list, PY_SSIZE_T_MAX, PY_SSIZE_T_MAX, iterable);
    PyObject* iterator = PyObject_GetIter(iterable);
    if (!iterator) return -1;
    PyObject* item;
    while ((item = PyIter_Next(iterator))) {
        insert(list, Py_SIZE(list), item);
        Py_DECREF(item);
    }
    Py_DECREF(iterator);
    return gnomon_is_raised() ? -1 : 0;
}

int PyList_Extend(PyObject* op, PyObject* iterable) {
    if (PyList_Check(op)) return extend((PyListObject*)op, iterable);
    gnomon_bad_call();
    return -1;
}

/* As far as it came when a comparison failed. */
int PyList_Sort(PyObject* op) {
    if (!op || !PyList_Check(op)) {
        gnomon_bad_call();
        return -1;
    }
    PyObject** items = ((PyListObject*)op)->ob_item;
    for (Py_ssize_t i = 1; i < Py_SIZE(op); ++i) {
        PyObject* item = items[i];
        Py_ssize_t place = i;
        int is_less = 0;
        while (place > 0 && (is_less = PyObject_RichCompareBool(item, items[place - 1], Py_LT)) > 0) {
            items[place] = items[place - 1];
            items[--place] = item;
        }
        if (is_less < 0) return -1;
    }
    return 0;
}

int PyList_Reverse(PyObject* op) {
    if (!op || !PyList_Check(op)) {
        gnomon_bad_call();
        return -1;
    }
    PyObject** items = ((PyListObject*)op)->ob_item;
    for (Py_ssize_t i = 0, j = Py_SIZE(op) - 1; i < j; ++i, --j) {
        PyObject* item = items[i];
        items[i] = items[j];
        items[j] = item;
    }
    return 0;
}

PyObject* PyList_AsTuple(PyObject* op) {
    if (!op || !PyList_Check(op)) return gnomon_bad_call();
    PyObject* tuple = PyTuple_New(Py_SIZE(op));
    for (Py_ssize_t i = 0; tuple && i < Py_SIZE(op); ++i) {
        PyObject* item = ((PyListObject*)op)->ob_item[i];
        gnomon_hold(item);
        ((PyTupleObject*)tuple)->ob_item[i] = item;
    }
    return tuple;
}

/* The type */
static void let_list_go(PyObject* op) {
    PyObject_GC_UnTrack(op);
    PyListObject* list = (PyListObject*)op;
    for (Py_ssize_t i = Py_SIZE(op); i-- > 0;) gnomon_drop_if(list->ob_item[i]);
    __gnomon_release(list->ob_item);
    Py_TYPE(op)->tp_free(op);
}

static int visit_items(PyObject* op, visitproc visit, void* arg) {
    for (Py_ssize_t i = Py_SIZE(op); i-- > 0;) Py_VISIT(((PyListObject*)op)->ob_item[i]);
    return 0;
}

static int initialise(PyObject* op, PyObject* args, PyObject* kwds) {
    (void)kwds;
    PyList_Clear(op);
    return args && PyTuple_GET_SIZE(args) ? extend((PyListObject*)op, PyTuple_GET_ITEM(args, 0)) : 0;
}

static Py_ssize_t length(PyObject* op) { return Py_SIZE(op); }

static int set_item(PyObject* op, Py_ssize_t index, PyObject* item) {
    if (!is_index(op, index)) return -1;
    if (!item) return replace((PyListObject*)op, index, index + 1, NULL, 0);
    return PyList_SetItem(op, index, Py_NewRef(item));
}

static PyObject* concatenated(PyObject* op, PyObject* other) {
    if (!PyList_Check(other)) return gnomon_raise(PyExc_TypeError);
    PyObject* sum = copied(((PyListObject*)op)->ob_item, Py_SIZE(op));
    if (sum) extend((PyListObject*)sum, other);
    return sum;
}

static PyObject* extended(PyObject* op, PyObject* other) {
    return extend((PyListObject*)op, other) < 0 ? NULL : Py_NewRef(op);
}

static PyObject* repeated(PyObject* op, Py_ssize_t times) {
    Py_ssize_t size = Py_SIZE(op);
    if (times <= 0 || size == 0) return PyList_New(0);
    if (size > PY_SSIZE_T_MAX / times) return PyErr_NoMemory();
    PyListObject* list = (PyListObject*)PyList_New(size * times);
    for (Py_ssize_t i = 0; list && i < size * times; ++i) {
        PyObject* item = ((PyListObject*)op)->ob_item[i % size];
        gnomon_hold(item);
        list->ob_item[i] = item;
    }
    return (PyObject*)list;
}

static PyObject* repeated_in_place(PyObject* op, Py_ssize_t times) {
    if (times <= 0) PyList_Clear(op);
    int let = gnomon_let_allocation_fail(0);
    PyObject* once = times > 1 ? copied(((PyListObject*)op)->ob_item, Py_SIZE(op)) : NULL;
    gnomon_let_allocation_fail(let);
    for (Py_ssize_t i = 1; once && i < times; ++i) extend((PyListObject*)op, once);
    Py_XDECREF(once);
    return Py_NewRef(op);
}

static PyObject* compared(PyObject* op, PyObject* other, int operation) {
    if (!PyList_Check(other)) Py_RETURN_NOTIMPLEMENTED;
    PyListObject *left = (PyListObject*)op, *right = (PyListObject*)other;
    return gnomon_compare_items(left->ob_item, Py_SIZE(op), right->ob_item, Py_SIZE(other), operation);
}

static int contains(PyObject* op, PyObject* wanted) {
    int found = 0;
    for (Py_ssize_t i = 0; found == 0 && i < Py_SIZE(op); ++i)
        found = PyObject_RichCompareBool(((PyListObject*)op)->ob_item[i], wanted, Py_EQ);
    return found;
}

static PyObject* subscript(PyObject* op, PyObject* key) {
    Py_ssize_t start, step, count = gnomon_subscript(key, Py_SIZE(op), &start, &step);
    if (count == GNOMON_NO_SUBSCRIPT) return NULL;
    if (count == GNOMON_ONE_ITEM) return PyList_GetItemRef(op, start);
    PyListObject* list = (PyListObject*)PyList_New(count);
    for (Py_ssize_t i = 0; list && i < count; ++i) {
        PyObject* item = ((PyListObject*)op)->ob_item[start + i * step];
        gnomon_hold(item);
        list->ob_item[i] = item;
    }
    return (PyObject*)list;
}

static int set_subscript(PyObject* op, PyObject* key, PyObject* value) {
    Py_ssize_t start, step, count = gnomon_subscript(key, Py_SIZE(op), &start, &step);
    if (count == GNOMON_NO_SUBSCRIPT) return -1;
    if (count == GNOMON_ONE_ITEM) return set_item(op, start, value);
    if (step == 1) return PyList_SetSlice(op, start, start + count, value);
    __gnomon_not_modelled("an assignment to every other item of a list");
    return -1;
}

static PySequenceMethods as_sequence = {.sq_length = length,
                                        .sq_concat = concatenated,
                                        .sq_repeat = repeated,
                                        .sq_item = PyList_GetItemRef,
                                        .sq_ass_item = set_item,
                                        .sq_contains = contains,
                                        .sq_inplace_concat = extended,
                                        .sq_inplace_repeat = repeated_in_place};
static PyMappingMethods as_mapping = {
    .mp_length = length, .mp_subscript = subscript, .mp_ass_subscript = set_subscript};

PyTypeObject PyList_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "list",
    .tp_basicsize = sizeof(PyListObject),
    .tp_dealloc = let_list_go,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LIST_SUBCLASS | Py_TPFLAGS_READY,
    .tp_traverse = visit_items,
    .tp_clear = PyList_Clear,
    .tp_richcompare = compared,
    .tp_iter = gnomon_iterate_list,
    .tp_base = &PyBaseObject_Type,
    .tp_init = initialise,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
