/* Containers and protocols on types that C code makes itself: their slots answer, and their references count. */
#include "probe.h"

/* A sequence that notes what it is asked. */
static int fails;
static Py_ssize_t asked_length(PyObject* op) {
    printf("length\n");
    if (fails) PyErr_SetNone(PyExc_OverflowError);
    return fails ? -1 : 5;
}
static PyObject* asked_item(PyObject* op, Py_ssize_t index) {
    printf("item %ld\n", (long)index);
    return PyLong_FromSsize_t(index);
}
static int asked_set(PyObject* op, Py_ssize_t index, PyObject* value) {
    printf("set %ld %d\n", (long)index, value == NULL);
    return 0;
}
static int asked_contains(PyObject* op, PyObject* value) {
    printf("contains\n");
    return value == Py_None;
}
static PyObject* asked_concat(PyObject* op, PyObject* other) {
    printf("concat\n");
    return Py_NewRef(other);
}
static PyObject* asked_repeat(PyObject* op, Py_ssize_t times) {
    printf("repeat %ld\n", (long)times);
    return Py_NewRef(op);
}
static PySequenceMethods sequence_methods = {
    .sq_length = asked_length,
    .sq_item = asked_item,
    .sq_ass_item = asked_set,
    .sq_contains = asked_contains,
    .sq_concat = asked_concat,
    .sq_repeat = asked_repeat,
};
static PyTypeObject sequence_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.sequence",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_sequence = &sequence_methods,
};

/* A mapping that knows one key. */
static PyObject* asked_value(PyObject* op, PyObject* key) {
    printf("value %d\n", key == Py_None);
    if (key == Py_None) return Py_NewRef(op);
    PyErr_SetObject(PyExc_KeyError, key);
    return NULL;
}
static int asked_store(PyObject* op, PyObject* key, PyObject* value) {
    printf("store %d %d\n", key == Py_None, value == NULL);
    return 0;
}
static PyMappingMethods mapping_methods = {
    .mp_length = asked_length,
    .mp_subscript = asked_value,
    .mp_ass_subscript = asked_store,
};
static PyTypeObject mapping_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.mapping",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_mapping = &mapping_methods,
};

/* Keys that are all equal; or refuse to say. */
static Py_hash_t key_hash(PyObject* op) {
    if (fails == 1) PyErr_SetNone(PyExc_ArithmeticError);
    return fails == 1 ? -1 : 7;
}
static PyObject* key_compare(PyObject* op, PyObject* other, int operation) {
    if (fails == 2) PyErr_SetNone(PyExc_BufferError);
    return fails == 2 ? NULL : Py_NewRef(Py_True);
}
static PyTypeObject key_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.key",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_hash = key_hash,
    .tp_richcompare = key_compare,
};

static void sequences(void) {
    PyObject *op = PyObject_New(PyObject, &sequence_type), *number = PyLong_FromLong(-2);
    PRINT(PySequence_Check(op));
    PRINT(PyObject_Size(op));
    PRINT(PyObject_IsTrue(op));
    Py_XDECREF(PySequence_GetItem(op, 1));
    Py_XDECREF(PySequence_GetItem(op, -1));
    Py_XDECREF(PyObject_GetItem(op, number));
    PRINT(PySequence_SetItem(op, -2, op));
    PRINT(PyObject_SetItem(op, number, op));
    PRINT(PyObject_DelItem(op, number));
    PRINT(PySequence_Contains(op, Py_None));
    MARK(op);
    PyObject* other = PySequence_Concat(op, op);
    CHANGED(op);
    Py_DECREF(other);
    other = PySequence_InPlaceRepeat(op, 3);
    CHANGED(op);
    Py_DECREF(other);
    PRINT(PySequence_GetSlice(op, 0, 1) == NULL);
    ERROR();
    PRINT(PyObject_GetItem(op, Py_None) == NULL);
    ERROR();
    fails = 1;
    PRINT(PySequence_GetItem(op, -1) == NULL);
    ERROR();
    PRINT(PyObject_Size(op));
    ERROR();
    PRINT(PyObject_LengthHint(op, 3));
    ERROR();
    fails = 0;
    Py_DECREF(number);
    Py_DECREF(op);
}

static void mappings(void) {
    PyObject* op = PyObject_New(PyObject, &mapping_type);
    PRINT(PySequence_Check(op));
    PRINT(PyMapping_Check(op));
    PRINT(PyObject_Size(op));
    PRINT(PySequence_Size(op));
    ERROR();
    PyObject* found = PyObject_GetItem(op, Py_None);
    PRINT(found == op);
    Py_DECREF(found);
    PRINT(PyObject_GetItem(op, Py_True) == NULL);
    ERROR();
    PRINT(PySequence_GetItem(op, 0) == NULL);
    ERROR();
    PRINT(PyMapping_HasKey(op, Py_None));
    PRINT(PyMapping_HasKey(op, Py_True));
    ERROR();
    PRINT(PyObject_SetItem(op, Py_None, op));
    PRINT(PyObject_DelItem(op, Py_None));
    PRINT(PyObject_GetIter(op) == NULL);
    ERROR();
    Py_DECREF(op);
}

static void keys(void) {
    PyObject *one = PyObject_New(PyObject, &key_type), *other = PyObject_New(PyObject, &key_type);
    PyObject *dict = PyDict_New(), *set = PySet_New(NULL), *pair = PyTuple_Pack(2, Py_None, other);
    MARK(other);
    PRINT(PyDict_SetItem(dict, one, Py_True));
    PRINT(PyDict_SetItem(dict, other, Py_None));
    CHANGED(other);
    PRINT(PyDict_Size(dict));
    PRINT(PyDict_GetItem(dict, other) == Py_None);
    PRINT(PyDict_GetItem(dict, Py_None) == NULL);
    PRINT(PySet_Add(set, one));
    fails = 1;
    PRINT(PyDict_GetItem(dict, other) == NULL);
    ERROR();
    PRINT(PyDict_GetItemWithError(dict, other) == NULL);
    ERROR();
    PRINT(PyDict_SetItem(dict, other, other));
    ERROR();
    PRINT(PySet_Contains(set, other));
    ERROR();
    PRINT(PyObject_Hash(other));
    ERROR();
    PRINT(PyDict_Contains(dict, pair));
    ERROR();
    CHANGED(other);
    fails = 2;
    PRINT(PyDict_GetItemWithError(dict, one) == Py_None);
    PRINT(PyDict_GetItemWithError(dict, other) == NULL);
    ERROR();
    PRINT(PyDict_DelItem(dict, other));
    ERROR();
    PRINT(PySet_Discard(set, other));
    ERROR();
    PyObject* list = PyList_New(0);
    PyList_Append(list, other);
    PRINT(PySequence_Contains(list, other));
    PRINT(PySequence_Contains(list, Py_None));
    ERROR();
    fails = 0;
    Py_DECREF(list);
    Py_DECREF(dict);
    Py_DECREF(set);
    Py_DECREF(pair);
    CHANGED(other);
}

/* What lets an item go may look at the container that it was in. */
static PyObject* watched;
static void watcher_dealloc(PyObject* op) {
    printf("goes, %ld left\n", (long)PyObject_Size(watched));
    PyErr_Clear();
    PyObject_Free(op);
}
static PyTypeObject watcher_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.watcher",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = watcher_dealloc,
};
static PyObject* watcher(void) { return PyObject_New(PyObject, &watcher_type); }

static void last_references(void) {
    watched = PyList_New(3);
    for (int i = 0; i < 3; ++i) PyList_SET_ITEM(watched, i, watcher());
    PRINT(PyList_SetItem(watched, 1, watcher()));
    PRINT(PySequence_DelItem(watched, 0));
    PRINT(PyList_SetSlice(watched, 0, 9, NULL));
    Py_DECREF(watched);
    watched = PyDict_New();
    for (int i = 0; i < 3; ++i) {
        PyObject *key = PyLong_FromLong(i), *value = watcher();
        PyDict_SetItem(watched, key, value);
        Py_DECREF(value);
        Py_DECREF(key);
    }
    PyObject *key = PyLong_FromLong(1), *value = watcher();
    PRINT(PyDict_SetItem(watched, key, value));
    Py_DECREF(value);
    PRINT(PyDict_DelItem(watched, key));
    PyDict_Clear(watched);
    Py_DECREF(watched);
}

/* Types that derive from the library's: their size, and what they add. */
struct numbered_list {
    PyListObject list;
    long number;
};
static PyTypeObject numbered_list_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.numbered",
    .tp_basicsize = sizeof(struct numbered_list),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
};
struct numbered_dict {
    PyDictObject dict;
    long number;
};
static PyTypeObject numbered_dict_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.numbered_dict",
    .tp_basicsize = sizeof(struct numbered_dict),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
};

static void derived(void) {
    numbered_list_type.tp_base = &PyList_Type;
    PRINT(PyType_Ready(&numbered_list_type));
    PyObject* op = PyObject_CallNoArgs((PyObject*)&numbered_list_type);
    ((struct numbered_list*)op)->number = 42;
    PRINT(PyList_Check(op));
    PRINT(PyList_CheckExact(op));
    for (int i = 0; i < 10; ++i) PyList_Append(op, Py_None);
    PRINT(PyList_Size(op));
    PRINT(((struct numbered_list*)op)->number);
    Py_DECREF(op);
    numbered_dict_type.tp_base = &PyDict_Type;
    PRINT(PyType_Ready(&numbered_dict_type));
    op = PyObject_CallNoArgs((PyObject*)&numbered_dict_type);
    ((struct numbered_dict*)op)->number = 43;
    PRINT(PyDict_Check(op));
    PRINT(PyDict_SetItem(op, Py_None, Py_True));
    PRINT(PyDict_GET_SIZE(op));
    PRINT(((struct numbered_dict*)op)->number);
    Py_DECREF(op);
}

/* Types are called with what they were given. */
static void made_by_calls(void) {
    PyObject *items = PyTuple_Pack(2, Py_None, Py_True), *args = PyTuple_Pack(1, items);
    PyObject* made = PyObject_CallObject((PyObject*)&PyList_Type, args);
    PRINT(PyList_Size(made));
    Py_DECREF(made);
    made = PyObject_CallFunctionObjArgs((PyObject*)&PySet_Type, items, NULL);
    PRINT(PySet_Size(made));
    Py_DECREF(made);
    made = PyObject_CallObject((PyObject*)&PyTuple_Type, NULL);
    PRINT(PyTuple_Size(made));
    Py_DECREF(made);
    PRINT(PyObject_CallFunctionObjArgs((PyObject*)&PyList_Type, Py_None, NULL) == NULL);
    ERROR();
    Py_DECREF(args);
    Py_DECREF(items);
}

int main(void) {
    start();
    PyType_Ready(&sequence_type);
    PyType_Ready(&mapping_type);
    PyType_Ready(&key_type);
    PyType_Ready(&watcher_type);
    sequences();
    mappings();
    keys();
    last_references();
    derived();
    made_by_calls();
    return 0;
}
