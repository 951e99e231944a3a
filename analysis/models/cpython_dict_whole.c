/* Dictionaries: what goes over all entries, and the type. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

#define DICT(op) ((struct gnomon_dict*)(op))

static int is_dict(PyObject* op) {
    if (op && PyDict_Check(op)) return 1;
    gnomon_bad_call();
    return 0;
}

Py_ssize_t PyDict_Size(PyObject* op) { return is_dict(op) ? DICT(op)->used : -1; }

int PyDict_Next(PyObject* op, Py_ssize_t* position, PyObject** key, PyObject** value) {
    if (!PyDict_Check(op) || *position < 0) return 0;
    while (*position < DICT(op)->end && !DICT(op)->entries[*position].key) *position += 1;
    if (*position >= DICT(op)->end) return 0;
    struct gnomon_entry* entry = &DICT(op)->entries[*position];
    *position += 1;
    if (key) *key = entry->key;
    if (value) *value = entry->value;
    return 1;
}
int _PyDict_Next(PyObject* op, Py_ssize_t* position, PyObject** key, PyObject** value, Py_hash_t* hash) {
    if (hash) *hash = __gnomon_unknown();
    return PyDict_Next(op, position, key, value);
}

enum { KEYS, VALUES, ITEMS };

static PyObject* listed(PyObject* op, int what) {
    if (!is_dict(op)) return NULL;
    PyObject *list = PyList_New(DICT(op)->used), *key, *value;
    Py_ssize_t position = 0;
    for (Py_ssize_t i = 0; list && PyDict_Next(op, &position, &key, &value); ++i) {
        PyObject* item = what == ITEMS ? PyTuple_Pack(2, key, value) : what == KEYS ? key : value;
        if (!item) {
            Py_DECREF(list);
            return NULL;
        }
        what == ITEMS ? gnomon_steal(item) : gnomon_hold(item);
        ((PyListObject*)list)->ob_item[i] = item;
    }
    return list;
}

PyObject* PyDict_Keys(PyObject* op) { return listed(op, KEYS); }
PyObject* PyDict_Values(PyObject* op) { return listed(op, VALUES); }
PyObject* PyDict_Items(PyObject* op) { return listed(op, ITEMS); }

/* The dictionary is empty before anything goes. */
void PyDict_Clear(PyObject* op) {
    if (!PyDict_Check(op)) return;
    struct gnomon_entry* entries = DICT(op)->entries;
    Py_ssize_t end = DICT(op)->end;
    DICT(op)->entries = NULL;
    DICT(op)->used = DICT(op)->end = DICT(op)->room = 0;
    for (Py_ssize_t i = 0; i < end; ++i) {
        gnomon_drop_if(entries[i].key);
        gnomon_drop_if(entries[i].value);
    }
    __gnomon_release(entries);
}

/* 2: a key that is there already is an error. */
static int put(PyObject* op, PyObject* key, PyObject* value, int overrides) {
    if (overrides == 1) return PyDict_SetItem(op, key, value);
    int is_there = PyDict_Contains(op, key);
    if (is_there > 0 && overrides) {
        PyErr_SetObject(PyExc_KeyError, key);
        return -1;
    }
    return is_there ? (is_there < 0 ? -1 : 0) : PyDict_SetItem(op, key, value);
}

static int merge_dict(PyObject* op, PyObject* other, int overrides) {
    PyObject *key, *value;
    Py_ssize_t position = 0, end = DICT(other)->end;
    while (op != other && PyDict_Next(other, &position, &key, &value)) {
        gnomon_hold(key);
        gnomon_hold(value);
        int result = put(op, key, value, overrides);
        gnomon_drop(key);
        gnomon_drop(value);
        if (result < 0) return -1;
        if (end != DICT(other)->end) return gnomon_fail(PyExc_RuntimeError);
    }
    return 0;
}

static int merge_mapping(PyObject* op, PyObject* other, int overrides) {
    PyObject* keys = PyMapping_Keys(other);
    PyObject* iterator = keys ? PyObject_GetIter(keys) : NULL;
    Py_XDECREF(keys);
    if (!iterator) return -1;
    PyObject* key;
    int result = 0;
    while (result == 0 && (key = PyIter_Next(iterator))) {
        PyObject* value = PyObject_GetItem(other, key);
        result = value ? put(op, key, value, overrides) : -1;
        Py_XDECREF(value);
        Py_DECREF(key);
    }
    Py_DECREF(iterator);
    return result < 0 || gnomon_is_raised() ? -1 : 0;
}

static int merge(PyObject* op, PyObject* other, int overrides) {
    if (!op || !PyDict_Check(op) || !other) {
        gnomon_bad_call();
        return -1;
    }
    return PyDict_Check(other) ? merge_dict(op, other, overrides) : merge_mapping(op, other, overrides);
}

int PyDict_Update(PyObject* op, PyObject* other) { return merge(op, other, 1); }
int PyDict_Merge(PyObject* op, PyObject* other, int overrides) { return merge(op, other, overrides != 0); }
int _PyDict_MergeEx(PyObject* op, PyObject* other, int overrides) { return merge(op, other, overrides); }

PyObject* PyDict_Copy(PyObject* op) {
    PyObject* copy = is_dict(op) ? PyDict_New() : NULL;
    if (!copy || merge_dict(copy, op, 1) == 0) return copy;
    Py_DECREF(copy);
    return NULL;
}

int PyDict_MergeFromSeq2(PyObject* op, PyObject* pairs, int overrides) {
    PyObject* iterator = PyObject_GetIter(pairs);
    if (!iterator) return -1;
    PyObject* pair;
    int result = 0;
    while (result == 0 && (pair = PyIter_Next(iterator))) {
        PyObject* items = PySequence_Fast(pair, "");
        if (items && PySequence_Fast_GET_SIZE(items) == 2)
            result = put(op, PySequence_Fast_GET_ITEM(items, 0), PySequence_Fast_GET_ITEM(items, 1), overrides != 0);
        else
            result = items ? gnomon_fail(PyExc_ValueError) : -1;
        Py_XDECREF(items);
        Py_DECREF(pair);
    }
    Py_DECREF(iterator);
    return result < 0 || gnomon_is_raised() ? -1 : 0;
}

/* The type */
static void let_dict_go(PyObject* op) {
    PyObject_GC_UnTrack(op);
    PyDict_Clear(op);
    Py_TYPE(op)->tp_free(op);
}

static int clear(PyObject* op) {
    PyDict_Clear(op);
    return 0;
}

static int visit_entries(PyObject* op, visitproc visit, void* arg) {
    PyObject *key, *value;
    for (Py_ssize_t position = 0; PyDict_Next(op, &position, &key, &value);) {
        Py_VISIT(key);
        Py_VISIT(value);
    }
    return 0;
}

static int initialise(PyObject* op, PyObject* args, PyObject* kwds) {
    PyObject* given = args && PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, 0) : NULL;
    int is_mapping = given && (PyDict_Check(given) || Py_TYPE(given) == &gnomon_Any_Type);
    if (given && (is_mapping ? merge(op, given, 1) : PyDict_MergeFromSeq2(op, given, 1)) < 0) return -1;
    return kwds ? merge(op, kwds, 1) : 0;
}

static Py_ssize_t length(PyObject* op) { return DICT(op)->used; }

static PyObject* subscript(PyObject* op, PyObject* key) {
    PyObject* value = PyDict_GetItemWithError(op, key);
    if (value) return Py_NewRef(value);
    return gnomon_is_raised() ? NULL : gnomon_raise(PyExc_KeyError);
}

static int set_subscript(PyObject* op, PyObject* key, PyObject* value) {
    return value ? PyDict_SetItem(op, key, value) : PyDict_DelItem(op, key);
}

/* Equal: as many entries, and each of the one is in the other. */
static int is_equal(PyObject* op, PyObject* other) {
    if (DICT(op)->used != DICT(other)->used) return 0;
    PyObject *key, *value;
    int is_same = 1;
    for (Py_ssize_t position = 0; is_same > 0 && PyDict_Next(op, &position, &key, &value);) {
        PyObject* found = PyDict_GetItemWithError(other, key);
        is_same = found ? PyObject_RichCompareBool(value, found, Py_EQ) : gnomon_is_raised() ? -1 : 0;
    }
    return is_same;
}

static PyObject* compared(PyObject* op, PyObject* other, int operation) {
    if (!PyDict_Check(other) || (operation != Py_EQ && operation != Py_NE)) Py_RETURN_NOTIMPLEMENTED;
    int is_same = is_equal(op, other);
    return is_same < 0 ? NULL : PyBool_FromLong(is_same == (operation == Py_EQ));
}

static PySequenceMethods as_sequence = {.sq_contains = PyDict_Contains};
static PyMappingMethods as_mapping = {
    .mp_length = length, .mp_subscript = subscript, .mp_ass_subscript = set_subscript};

PyTypeObject PyDict_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "dict",
    .tp_basicsize = sizeof(struct gnomon_dict),
    .tp_dealloc = let_dict_go,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_flags =
        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS | Py_TPFLAGS_READY,
    .tp_traverse = visit_entries,
    .tp_clear = clear,
    .tp_richcompare = compared,
    .tp_iter = gnomon_iterate_dict,
    .tp_base = &PyBaseObject_Type,
    .tp_init = initialise,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
