/* The protocols of sequences and mappings: what is done through the slots of any type. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

#define SEQUENCE_SLOT(op, slot) (Py_TYPE(op)->tp_as_sequence ? Py_TYPE(op)->tp_as_sequence->slot : NULL)
#define MAPPING_SLOT(op, slot) (Py_TYPE(op)->tp_as_mapping ? Py_TYPE(op)->tp_as_mapping->slot : NULL)

static PyObject* null_given(void) { return gnomon_is_raised() ? NULL : gnomon_bad_call(); }
static int null_fails(void) {
    null_given();
    return -1;
}

/* Sizes */
int PySequence_Check(PyObject* op) { return !PyDict_Check(op) && SEQUENCE_SLOT(op, sq_item) != NULL; }

Py_ssize_t PySequence_Size(PyObject* op) {
    if (!op) return null_fails();
    lenfunc method = SEQUENCE_SLOT(op, sq_length);
    return method ? method(op) : gnomon_fail(PyExc_TypeError);
}
#undef PySequence_Length
Py_ssize_t PySequence_Length(PyObject* op) { return PySequence_Size(op); }

int PyMapping_Check(PyObject* op) { return op && MAPPING_SLOT(op, mp_subscript) != NULL; }

Py_ssize_t PyMapping_Size(PyObject* op) {
    if (!op) return null_fails();
    lenfunc method = MAPPING_SLOT(op, mp_length);
    return method ? method(op) : gnomon_fail(PyExc_TypeError);
}
#undef PyMapping_Length
Py_ssize_t PyMapping_Length(PyObject* op) { return PyMapping_Size(op); }

Py_ssize_t PyObject_Size(PyObject* op) {
    if (!op) return null_fails();
    lenfunc method = SEQUENCE_SLOT(op, sq_length);
    return method ? method(op) : PyMapping_Size(op);
}
#undef PyObject_Length
Py_ssize_t PyObject_Length(PyObject* op) { return PyObject_Size(op); }

/* Items by number */
static int count_from_end(PyObject* op, Py_ssize_t* index) {
    lenfunc method = SEQUENCE_SLOT(op, sq_length);
    if (*index >= 0 || !method) return 1;
    Py_ssize_t size = method(op);
    if (size < 0) return 0;
    *index += size;
    return 1;
}

PyObject* PySequence_GetItem(PyObject* op, Py_ssize_t index) {
    if (!op) return null_given();
    ssizeargfunc method = SEQUENCE_SLOT(op, sq_item);
    if (!method) return gnomon_raise(PyExc_TypeError);
    return count_from_end(op, &index) ? method(op, index) : NULL;
}

static int set_item(PyObject* op, Py_ssize_t index, PyObject* value) {
    if (!op) return null_fails();
    ssizeobjargproc method = SEQUENCE_SLOT(op, sq_ass_item);
    if (!method) return gnomon_fail(PyExc_TypeError);
    return count_from_end(op, &index) ? method(op, index, value) : -1;
}

int PySequence_SetItem(PyObject* op, Py_ssize_t index, PyObject* value) { return set_item(op, index, value); }
int PySequence_DelItem(PyObject* op, Py_ssize_t index) { return set_item(op, index, NULL); }

/* Items by key */
PyObject* PyObject_GetItem(PyObject* op, PyObject* key) {
    if (!op || !key) return null_given();
    binaryfunc method = MAPPING_SLOT(op, mp_subscript);
    if (method) return method(op, key);
    if (!SEQUENCE_SLOT(op, sq_item) || !PyIndex_Check(key)) return gnomon_raise(PyExc_TypeError);
    Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    return index == -1 && gnomon_is_raised() ? NULL : PySequence_GetItem(op, index);
}

static int set_by_key(PyObject* op, PyObject* key, PyObject* value) {
    objobjargproc method = MAPPING_SLOT(op, mp_ass_subscript);
    if (method) return method(op, key, value);
    if (!Py_TYPE(op)->tp_as_sequence || !PyIndex_Check(key)) return gnomon_fail(PyExc_TypeError);
    Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    return index == -1 && gnomon_is_raised() ? -1 : set_item(op, index, value);
}

int PyObject_SetItem(PyObject* op, PyObject* key, PyObject* value) {
    return op && key && value ? set_by_key(op, key, value) : null_fails();
}
int PyObject_DelItem(PyObject* op, PyObject* key) { return op && key ? set_by_key(op, key, NULL) : null_fails(); }

PyObject* PyMapping_GetItemString(PyObject* op, const char* text) {
    if (!text) return null_given();
    PyObject* key = PyUnicode_FromString(text);
    if (!key) return NULL;
    PyObject* value = PyObject_GetItem(op, key);
    Py_DECREF(key);
    return value;
}

static int set_by_text(PyObject* op, const char* text, PyObject* value) {
    PyObject* key = PyUnicode_FromString(text);
    if (!key) return -1;
    int result = set_by_key(op, key, value);
    Py_DECREF(key);
    return result;
}

int PyMapping_SetItemString(PyObject* op, const char* text, PyObject* value) {
    return text && op && value ? set_by_text(op, text, value) : null_fails();
}
int PyObject_DelItemString(PyObject* op, const char* text) {
    return text && op ? set_by_text(op, text, NULL) : null_fails();
}

/* 1 or 0; -1: an exception other than KeyError is set. */
int PyMapping_GetOptionalItem(PyObject* op, PyObject* key, PyObject** value) {
    *value = PyObject_GetItem(op, key);
    if (*value) return 1;
    if (!PyErr_ExceptionMatches(PyExc_KeyError)) return -1;
    gnomon_clear();
    return 0;
}
int PyMapping_GetOptionalItemString(PyObject* op, const char* text, PyObject** value) {
    *value = NULL;
    if (!text) return null_fails();
    PyObject* key = PyUnicode_FromString(text);
    int result = key ? PyMapping_GetOptionalItem(op, key, value) : -1;
    Py_XDECREF(key);
    return result;
}
int PyMapping_HasKeyWithError(PyObject* op, PyObject* key) {
    PyObject* value;
    int result = PyMapping_GetOptionalItem(op, key, &value);
    Py_XDECREF(value);
    return result;
}
int PyMapping_HasKeyStringWithError(PyObject* op, const char* text) {
    PyObject* value;
    int result = PyMapping_GetOptionalItemString(op, text, &value);
    Py_XDECREF(value);
    return result;
}
/* Whatever goes wrong, there is no such key. */
static int is_there(PyObject* value) {
    if (!value) gnomon_clear();
    Py_XDECREF(value);
    return value != NULL;
}
int PyMapping_HasKey(PyObject* op, PyObject* key) { return is_there(PyObject_GetItem(op, key)); }
int PyMapping_HasKeyString(PyObject* op, const char* text) { return is_there(PyMapping_GetItemString(op, text)); }

static int has_no_methods_of_mappings(PyObject* op) {
    return op == Py_None || PyLong_Check(op) || PyFloat_Check(op) || PyUnicode_Check(op) || PyBytes_Check(op) ||
           PyList_Check(op) || PyTuple_Check(op) || PyAnySet_Check(op);
}

static PyObject* listed(PyObject* op, const char* name) {
    if (!op) return null_given();
    if (has_no_methods_of_mappings(op)) return gnomon_raise(PyExc_AttributeError);
    PyObject* method = PyObject_GetAttrString(op, name);
    PyObject* given = method ? PyObject_CallNoArgs(method) : NULL;
    Py_XDECREF(method);
    if (!given) return NULL;
    PyObject* iterator = PyObject_GetIter(given);
    Py_DECREF(given);
    if (!iterator) return NULL; /* as it comes: a TypeError */
    PyObject* list = PySequence_List(iterator);
    Py_DECREF(iterator);
    return list;
}
PyObject* PyMapping_Keys(PyObject* op) { return op && PyDict_CheckExact(op) ? PyDict_Keys(op) : listed(op, "keys"); }
PyObject* PyMapping_Values(PyObject* op) {
    return op && PyDict_CheckExact(op) ? PyDict_Values(op) : listed(op, "values");
}
PyObject* PyMapping_Items(PyObject* op) { return op && PyDict_CheckExact(op) ? PyDict_Items(op) : listed(op, "items"); }

/* Slices */
static PyObject* slice_of(Py_ssize_t low, Py_ssize_t high) {
    PyObject *start = PyLong_FromSsize_t(low), *stop = start ? PyLong_FromSsize_t(high) : NULL;
    PyObject* slice = stop ? PySlice_New(start, stop, NULL) : NULL;
    Py_XDECREF(start);
    Py_XDECREF(stop);
    return slice;
}

PyObject* PySequence_GetSlice(PyObject* op, Py_ssize_t low, Py_ssize_t high) {
    if (!op) return null_given();
    binaryfunc method = MAPPING_SLOT(op, mp_subscript);
    if (!method) return gnomon_raise(PyExc_TypeError);
    PyObject* slice = slice_of(low, high);
    if (!slice) return NULL;
    PyObject* items = method(op, slice);
    Py_DECREF(slice);
    return items;
}

static int set_slice(PyObject* op, Py_ssize_t low, Py_ssize_t high, PyObject* value) {
    if (!op) return null_fails();
    objobjargproc method = MAPPING_SLOT(op, mp_ass_subscript);
    if (!method) return gnomon_fail(PyExc_TypeError);
    PyObject* slice = slice_of(low, high);
    if (!slice) return -1;
    int result = method(op, slice, value);
    Py_DECREF(slice);
    return result;
}
int PySequence_SetSlice(PyObject* op, Py_ssize_t low, Py_ssize_t high, PyObject* value) {
    return set_slice(op, low, high, value);
}
int PySequence_DelSlice(PyObject* op, Py_ssize_t low, Py_ssize_t high) { return set_slice(op, low, high, NULL); }

/* New sequences */
static PyObject* added(PyObject* op, PyObject* other) {
    if (PySequence_Check(op) && PySequence_Check(other)) return PyNumber_Add(op, other);
    return gnomon_raise(PyExc_TypeError);
}
PyObject* PySequence_Concat(PyObject* op, PyObject* other) {
    if (!op || !other) return null_given();
    binaryfunc method = SEQUENCE_SLOT(op, sq_concat);
    return method ? method(op, other) : added(op, other);
}
PyObject* PySequence_InPlaceConcat(PyObject* op, PyObject* other) {
    if (!op || !other) return null_given();
    binaryfunc method = SEQUENCE_SLOT(op, sq_inplace_concat);
    return method ? method(op, other) : PySequence_Concat(op, other);
}
PyObject* PySequence_Repeat(PyObject* op, Py_ssize_t times) {
    if (!op) return null_given();
    ssizeargfunc method = SEQUENCE_SLOT(op, sq_repeat);
    return method ? method(op, times) : gnomon_raise(PyExc_TypeError);
}
PyObject* PySequence_InPlaceRepeat(PyObject* op, Py_ssize_t times) {
    if (!op) return null_given();
    ssizeargfunc method = SEQUENCE_SLOT(op, sq_inplace_repeat);
    return method ? method(op, times) : PySequence_Repeat(op, times);
}

PyObject* PySequence_List(PyObject* op) {
    if (!op) return null_given();
    PyObject* list = PyList_New(0);
    if (!list || PyList_Extend(list, op) == 0) return list;
    Py_DECREF(list);
    return NULL;
}

PyObject* PySequence_Tuple(PyObject* op) {
    if (!op) return null_given();
    if (PyTuple_CheckExact(op)) return Py_NewRef(op);
    if (PyList_CheckExact(op)) return PyList_AsTuple(op);
    PyObject* list = PySequence_List(op);
    if (!list) return NULL;
    PyObject* tuple = PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}

PyObject* PySequence_Fast(PyObject* op, const char* message) {
    (void)message;
    if (!op) return null_given();
    return PyList_CheckExact(op) || PyTuple_CheckExact(op) ? Py_NewRef(op) : PySequence_List(op);
}

/* Searches */
enum { COUNT, INDEX, CONTAINS };

static Py_ssize_t search(PyObject* op, PyObject* wanted, int task) {
    if (!op || !wanted) return null_fails();
    PyObject* iterator = PyObject_GetIter(op);
    if (!iterator) return -1;
    Py_ssize_t found = 0, index = 0;
    PyObject* item;
    int is_equal = 0;
    for (; is_equal >= 0 && (task == COUNT || !found) && (item = PyIter_Next(iterator)); ++index) {
        is_equal = PyObject_RichCompareBool(item, wanted, Py_EQ);
        Py_DECREF(item);
        if (is_equal > 0) ++found;
    }
    Py_DECREF(iterator);
    if (is_equal < 0 || gnomon_is_raised()) return -1;
    if (task != INDEX) return found;
    return found ? index - 1 : gnomon_fail(PyExc_ValueError);
}

Py_ssize_t PySequence_Count(PyObject* op, PyObject* wanted) { return search(op, wanted, COUNT); }
Py_ssize_t PySequence_Index(PyObject* op, PyObject* wanted) { return search(op, wanted, INDEX); }
int PySequence_Contains(PyObject* op, PyObject* wanted) {
    objobjproc method = SEQUENCE_SLOT(op, sq_contains);
    return method ? method(op, wanted) : (int)search(op, wanted, CONTAINS);
}
#undef PySequence_In
int PySequence_In(PyObject* op, PyObject* wanted) { return PySequence_Contains(op, wanted); }
