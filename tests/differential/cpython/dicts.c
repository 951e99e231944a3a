/* Dictionaries: what is borrowed and new, which exception is set, order, deletion, merging. */
#include "probe.h"

static void entries(void) {
    PyObject *thing = new_thing(), *dict = PyDict_New(), *one = PyLong_FromLong(1000), *list = PyList_New(0);
    MARK(thing);
    PRINT(PyDict_SetItem(dict, one, thing));
    CHANGED(thing);
    PRINT(PyDict_SetItem(dict, one, thing));
    CHANGED(thing);
    PRINT(PyDict_SetItem(dict, thing, Py_None));
    CHANGED(thing);
    PRINT(PyDict_SetItem(dict, thing, thing));
    CHANGED(thing);
    PRINT(PyDict_Size(dict));
    PRINT(PyDict_SetItem(dict, list, thing));
    ERROR();
    CHANGED(thing);
    PRINT(PyDict_SetItem(thing, one, thing));
    ERROR();
    PyObject* same = PyLong_FromLong(1000);
    PyObject* as_float = PyFloat_FromDouble(1000.0);
    PRINT(PyDict_GetItem(dict, same) == thing);
    PRINT(PyDict_GetItem(dict, as_float) == thing);
    CHANGED(thing);
    PRINT(PyDict_GetItem(dict, Py_None) == NULL);
    ERROR();
    PRINT(PyDict_GetItem(dict, list) == NULL);
    ERROR();
    PRINT(PyDict_GetItem(thing, one) == NULL);
    ERROR();
    PRINT(PyDict_GetItemWithError(dict, Py_None) == NULL);
    ERROR();
    PRINT(PyDict_GetItemWithError(dict, list) == NULL);
    ERROR();
    PRINT(PyDict_GetItemWithError(thing, one) == NULL);
    ERROR();
    PyErr_SetNone(PyExc_ValueError);
    PRINT(PyDict_GetItem(dict, one) == thing);
    ERROR();
    PRINT(PyDict_Contains(dict, one));
    PRINT(PyDict_Contains(dict, Py_None));
    PRINT(PyDict_Contains(dict, list));
    ERROR();
    PRINT(PyDict_DelItem(dict, one));
    CHANGED(thing);
    PRINT(PyDict_DelItem(dict, one));
    ERROR();
    PRINT(PyDict_DelItem(dict, list));
    ERROR();
    PRINT(PyDict_DelItem(thing, one));
    ERROR();
    PRINT(PyDict_Size(thing));
    ERROR();
    PRINT(PyDict_SetDefault(dict, one, thing) == thing);
    CHANGED(thing);
    PRINT(PyDict_SetDefault(dict, same, Py_None) == thing);
    CHANGED(thing);
    PRINT(PyDict_SetDefault(dict, list, thing) == NULL);
    ERROR();
#if PY_VERSION_HEX >= 0x030D0000
    PyObject* found;
    PRINT(PyDict_GetItemRef(dict, same, &found));
    CHANGED(thing);
    Py_DECREF(found);
    PRINT(PyDict_GetItemRef(dict, Py_None, &found));
    PRINT(found == NULL);
    PRINT(PyDict_GetItemRef(dict, list, &found));
    ERROR();
    PRINT(PyDict_GetItemRef(list, one, &found));
    ERROR();
    PRINT(PyDict_SetDefaultRef(dict, same, Py_None, &found));
    CHANGED(thing);
    Py_DECREF(found);
    PRINT(PyDict_SetDefaultRef(dict, Py_None, thing, NULL));
    CHANGED(thing);
    PRINT(PyDict_Pop(dict, Py_None, NULL));
    CHANGED(thing);
    PRINT(PyDict_Pop(dict, Py_None, &found));
    PRINT(PyDict_Pop(dict, one, &found));
    CHANGED(thing);
    Py_DECREF(found);
    PRINT(PyDict_Pop(list, one, &found));
    ERROR();
    PRINT(PyDict_Pop(dict, list, &found));
    ERROR();
#endif
    Py_DECREF(dict);
    CHANGED(thing);
    Py_DECREF(thing);
    PRINT(living);
}

static void print_entries(int line, PyObject* dict) {
    PyObject *key, *value;
    Py_ssize_t position = 0;
    printf("%d: {", line);
    while (PyDict_Next(dict, &position, &key, &value)) printf("%ld: %ld ", PyLong_AsLong(key), PyLong_AsLong(value));
    printf("}\n");
}
#define ENTRIES(dict) print_entries(__LINE__, dict)

static PyObject* filled(int from, int to) {
    PyObject* dict = PyDict_New();
    for (int i = from; i < to; ++i) {
        PyObject *key = PyLong_FromLong(i), *value = PyLong_FromLong(i * from);
        PyDict_SetItem(dict, key, value);
        Py_DECREF(key);
        Py_DECREF(value);
    }
    return dict;
}

static void whole(void) {
    PyObject *dict = filled(1, 9), *other = filled(7, 12), *key = PyLong_FromLong(3);
    ENTRIES(dict);
    PRINT(PyDict_DelItem(dict, key));
    ENTRIES(dict);
    PRINT(PyDict_SetItem(dict, key, key));
    ENTRIES(dict);
    PyObject* copy = PyDict_Copy(dict);
    ENTRIES(copy);
    PRINT(PyDict_Merge(copy, other, 0));
    ENTRIES(copy);
    PRINT(PyDict_Update(copy, other));
    ENTRIES(copy);
    PRINT(PyDict_Update(copy, copy));
    PRINT(PyDict_Update(copy, NULL));
    ERROR();
    PRINT(PyDict_Update(key, copy));
    ERROR();
    PRINT(PyDict_Update(copy, key));
    ERROR();
    PRINT(PyDict_Copy(NULL) == NULL);
    ERROR();
    PRINT(PyDict_Copy(key) == NULL);
    ERROR();
    PRINT(PyObject_RichCompareBool(copy, dict, Py_EQ));
    PRINT(PyObject_RichCompareBool(dict, dict, Py_LT));
    ERROR();
    PyDict_Clear(copy);
    PRINT(PyDict_Size(copy));
    PRINT(PyDict_Update(copy, dict));
    PRINT(PyObject_RichCompareBool(copy, dict, Py_EQ));
    PyObject *keys = PyDict_Keys(dict), *values = PyDict_Values(dict), *items = PyDict_Items(dict);
    PRINT(PyList_GET_SIZE(keys));
    PRINT(PyLong_AsLong(PyList_GET_ITEM(keys, 2)));
    PRINT(PyLong_AsLong(PyList_GET_ITEM(values, 7)));
    PRINT(PyLong_AsLong(PyTuple_GET_ITEM(PyList_GET_ITEM(items, 2), 1)));
    PRINT(PyDict_Keys(NULL) == NULL);
    ERROR();
    PRINT(PyDict_Items(keys) == NULL);
    ERROR();
    PyDict_Clear(copy);
    PRINT(PyDict_MergeFromSeq2(copy, items, 1));
    ENTRIES(copy);
    PRINT(PyDict_MergeFromSeq2(copy, keys, 1));
    ERROR();
    PyDict_Clear(keys);
    ERROR();
    Py_ssize_t position = 0;
    PRINT(PyDict_Next(keys, &position, NULL, NULL));
    while (PyDict_Next(dict, &position, &key, NULL)) {
        PyObject* more = PyLong_FromLong(PyLong_AsLong(key));
        PyDict_SetItem(dict, more, Py_None);
        Py_DECREF(more);
    }
    PRINT(PyDict_Size(dict));
}

static void texts(void) {
    PyObject *dict = PyDict_New(), *value = new_thing();
    MARK(value);
    PRINT(PyDict_SetItemString(dict, "first", value));
    PRINT(PyDict_SetItemString(dict, "second", Py_None));
    PRINT(PyDict_SetItemString(dict, "first", value));
    CHANGED(value);
    PRINT(PyDict_GetItemString(dict, "first") == value);
    PRINT(PyDict_GetItemString(dict, "second") == Py_None);
    PRINT(PyDict_GetItemString(dict, "firs") == NULL);
    ERROR();
    PRINT(PyMapping_HasKeyString(dict, "first"));
    PRINT(PyMapping_HasKeyString(dict, "third"));
    PyObject* found = PyMapping_GetItemString(dict, "first");
    PRINT(found == value);
    Py_DECREF(found);
    PRINT(PyMapping_GetItemString(dict, "third") == NULL);
    ERROR();
    PRINT(PyMapping_SetItemString(dict, "third", value));
    CHANGED(value);
    PRINT(PyDict_DelItemString(dict, "third"));
    PRINT(PyDict_DelItemString(dict, "third"));
    ERROR();
    CHANGED(value);
#if PY_VERSION_HEX >= 0x030D0000
    PRINT(PyDict_ContainsString(dict, "first"));
    PRINT(PyDict_GetItemStringRef(dict, "first", &found));
    CHANGED(value);
    Py_DECREF(found);
    PRINT(PyDict_PopString(dict, "first", NULL));
    PRINT(PyMapping_GetOptionalItemString(dict, "first", &found));
    PRINT(PyMapping_HasKeyStringWithError(dict, "second"));
#endif
    Py_DECREF(dict);
    Py_DECREF(value);
    PRINT(living);
}

int main(void) {
    start();
    entries();
    whole();
    texts();
    return 0;
}
