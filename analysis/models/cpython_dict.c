/* Dictionaries: how their entries are found, made and deleted. cpython_dict_whole.c has what goes over all of them. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

#define DICT(op) ((struct gnomon_dict*)(op))
enum { MISSING = -1, FAILED = -2 };

PyObject* PyDict_New(void) { return gnomon_new(&PyDict_Type, sizeof(struct gnomon_dict)); }
PyObject* _PyDict_NewPresized(Py_ssize_t size) {
    (void)size;
    return PyDict_New();
}

/* Its keys are short texts. That they differ is left to whoever writes the dict down. */
static void* become_key(void* block, long id) {
    (void)block;
    char* letters = __gnomon_choose_ascii_as(id, "text", "", LONGEST_ANY_KEY);
    int let = gnomon_let_allocation_fail(0);
    PyObject* key = PyUnicode_New(LONGEST_ANY_KEY, 0x7F); /* of one size, which makes comparisons easy */
    gnomon_let_allocation_fail(let);
    size_t length = __gnomon_object_size(letters);
    __gnomon_fill(PyUnicode_DATA(key), 0, LONGEST_ANY_KEY);
    __gnomon_copy(PyUnicode_DATA(key), letters, length);
    ((PyASCIIObject*)key)->length = (Py_ssize_t)length;
    gnomon_steal(key);
    return key;
}

void* gnomon_become_dict(void* block, long id) {
    __gnomon_resize(block, sizeof(struct gnomon_dict));
    struct gnomon_dict* dict = gnomon_become(block, &PyDict_Type);
    __gnomon_typed((PyDictObject*)dict);
    Py_ssize_t size = __gnomon_choose_long_as(id, "length", 0, MOST_ANY_ITEMS);
    dict->entries = gnomon_block(MOST_ANY_ITEMS * sizeof(struct gnomon_entry));
    for (int i = 0; i < MOST_ANY_ITEMS; ++i) {
        dict->entries[i].key = __gnomon_later(become_key, CHILD(id, 2 * i));
        dict->entries[i].value = gnomon_any(CHILD(id, 2 * i + 1));
    }
    dict->used = dict->end = size;
    dict->room = MOST_ANY_ITEMS;
    return dict;
}

void gnomon_empty_dict(PyObject* op) {
    struct gnomon_dict* dict = (struct gnomon_dict*)op;
    struct gnomon_entry* entries = dict->entries;
    Py_ssize_t end = dict->end;
    dict->entries = NULL;
    dict->used = dict->end = dict->room = 0;
    for (Py_ssize_t i = 0; i < end; ++i) {
        if (!entries[i].key) continue;
        (void)Py_REFCNT(entries[i].value); /* which matters now */
        gnomon_drop(entries[i].value);
    }
    __gnomon_release(entries);
}

static Py_ssize_t find(PyObject* op, PyObject* key) {
    if (!gnomon_is_hashable(key)) return FAILED;
    for (Py_ssize_t i = 0; i < DICT(op)->end; ++i) {
        PyObject* one = DICT(op)->entries[i].key;
        int is_same = one ? gnomon_is_same_key(one, key) : 0;
        if (is_same) return is_same > 0 ? i : FAILED;
    }
    return MISSING;
}

static void make_room(struct gnomon_dict* dict) {
    if (dict->end < dict->room) return;
    Py_ssize_t room = dict->used ? 2 * dict->used : 5, end = 0;
    struct gnomon_entry* entries = gnomon_block((size_t)room * sizeof(struct gnomon_entry));
    for (Py_ssize_t i = 0; i < dict->end; ++i)
        if (dict->entries[i].key) entries[end++] = dict->entries[i];
    __gnomon_release(dict->entries);
    dict->entries = entries;
    dict->end = end;
    dict->room = room;
}

static int insert(PyObject* op, PyObject* key, PyObject* value) {
    Py_ssize_t at = find(op, key);
    if (at == FAILED) return -1;
    gnomon_hold(value);
    if (at != MISSING) {
        PyObject* old = DICT(op)->entries[at].value;
        DICT(op)->entries[at].value = value;
        gnomon_drop(old);
        return 0;
    }
    gnomon_hold(key);
    make_room(DICT(op));
    at = DICT(op)->end++;
    DICT(op)->entries[at].key = key;
    DICT(op)->entries[at].value = value;
    DICT(op)->used += 1;
    return 0;
}

/* Its value, which is the caller's. */
static PyObject* take_out(PyObject* op, Py_ssize_t at) {
    struct gnomon_entry entry = DICT(op)->entries[at];
    DICT(op)->entries[at].key = DICT(op)->entries[at].value = NULL;
    DICT(op)->used -= 1;
    gnomon_drop(entry.key);
    return gnomon_give(entry.value);
}

static int is_dict(PyObject* op) {
    if (op && PyDict_Check(op)) return 1;
    gnomon_bad_call();
    return 0;
}

/* Looking up: what is found is borrowed. */
static PyObject* look_up(PyObject* op, PyObject* key) {
    Py_ssize_t at = find(op, key);
    return at >= 0 ? DICT(op)->entries[at].value : NULL;
}

/* Whatever goes wrong is forgotten. */
PyObject* PyDict_GetItem(PyObject* op, PyObject* key) {
    if (!PyDict_Check(op)) return NULL;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject* found = look_up(op, key);
    PyErr_Restore(type, value, traceback);
    return found;
}

PyObject* PyDict_GetItemWithError(PyObject* op, PyObject* key) { return is_dict(op) ? look_up(op, key) : NULL; }
PyObject* _PyDict_GetItem_KnownHash(PyObject* op, PyObject* key, Py_hash_t hash) {
    (void)hash;
    return PyDict_GetItemWithError(op, key);
}

PyObject* PyDict_GetItemString(PyObject* op, const char* text) {
    PyObject* key = PyUnicode_FromString(text);
    PyObject* found = key ? PyDict_GetItem(op, key) : NULL;
    if (!key) gnomon_clear();
    Py_XDECREF(key);
    return found;
}

PyObject* _PyDict_GetItemStringWithError(PyObject* op, const char* text) {
    PyObject* key = PyUnicode_FromString(text);
    PyObject* found = key ? PyDict_GetItemWithError(op, key) : NULL;
    Py_XDECREF(key);
    return found;
}

int PyDict_GetItemRef(PyObject* op, PyObject* key, PyObject** value) {
    *value = is_dict(op) ? Py_XNewRef(look_up(op, key)) : NULL;
    return *value ? 1 : gnomon_is_raised() ? -1 : 0;
}

int PyDict_GetItemStringRef(PyObject* op, const char* text, PyObject** value) {
    *value = NULL;
    PyObject* key = PyUnicode_FromString(text);
    int result = key ? PyDict_GetItemRef(op, key, value) : -1;
    Py_XDECREF(key);
    return result;
}

int PyDict_Contains(PyObject* op, PyObject* key) {
    Py_ssize_t at = find(op, key);
    return at == FAILED ? -1 : at != MISSING;
}

int PyDict_ContainsString(PyObject* op, const char* text) {
    PyObject* key = PyUnicode_FromString(text);
    int result = key ? PyDict_Contains(op, key) : -1;
    Py_XDECREF(key);
    return result;
}

/* Changing */
int PyDict_SetItem(PyObject* op, PyObject* key, PyObject* value) { return is_dict(op) ? insert(op, key, value) : -1; }
int _PyDict_SetItem_KnownHash(PyObject* op, PyObject* key, PyObject* value, Py_hash_t hash) {
    (void)hash;
    return PyDict_SetItem(op, key, value);
}

int PyDict_SetItemString(PyObject* op, const char* text, PyObject* value) {
    PyObject* key = PyUnicode_FromString(text);
    int result = key ? PyDict_SetItem(op, key, value) : -1;
    Py_XDECREF(key);
    return result;
}

/* 1: `value` is the caller's; 0: there is none. */
int PyDict_Pop(PyObject* op, PyObject* key, PyObject** value) {
    if (value) *value = NULL;
    Py_ssize_t at = is_dict(op) ? (DICT(op)->used ? find(op, key) : MISSING) : FAILED;
    if (at < 0) return at == FAILED ? -1 : 0;
    PyObject* taken = take_out(op, at);
    if (value)
        *value = taken;
    else
        Py_DECREF(taken);
    return 1;
}

int PyDict_PopString(PyObject* op, const char* text, PyObject** value) {
    if (value) *value = NULL;
    PyObject* key = PyUnicode_FromString(text);
    int result = key ? PyDict_Pop(op, key, value) : -1;
    Py_XDECREF(key);
    return result;
}

PyObject* _PyDict_Pop(PyObject* op, PyObject* key, PyObject* otherwise) {
    PyObject* value;
    int result = PyDict_Pop(op, key, &value);
    if (result) return value;
    return otherwise ? Py_NewRef(otherwise) : gnomon_raise(PyExc_KeyError);
}

int PyDict_DelItem(PyObject* op, PyObject* key) {
    Py_ssize_t at = is_dict(op) ? find(op, key) : FAILED;
    if (at == FAILED) return -1;
    if (at == MISSING) return gnomon_fail(PyExc_KeyError);
    Py_DECREF(take_out(op, at));
    return 0;
}

int PyDict_DelItemString(PyObject* op, const char* text) {
    PyObject* key = PyUnicode_FromString(text);
    int result = key ? PyDict_DelItem(op, key) : -1;
    Py_XDECREF(key);
    return result;
}

PyObject* PyDict_SetDefault(PyObject* op, PyObject* key, PyObject* value) {
    if (!is_dict(op)) return NULL;
    PyObject* found = look_up(op, key);
    if (found || gnomon_is_raised()) return found;
    return insert(op, key, value) < 0 ? NULL : value;
}

int PyDict_SetDefaultRef(PyObject* op, PyObject* key, PyObject* value, PyObject** result) {
    if (result) *result = NULL;
    if (!is_dict(op)) return -1;
    PyObject* found = look_up(op, key);
    if (!found && (gnomon_is_raised() || insert(op, key, value) < 0)) return -1;
    if (result) *result = Py_NewRef(found ? found : value);
    return found != NULL;
}
