/* What Py_BuildValue and its kin make of each unit of a format: a new reference, or null with an exception set. The
 * frontend calls these, where the format is a literal; containers come last, when all that they hold is made. */
#include <string.h>

#include "cpython.h"

PyObject* gnomon_build_none(void) { Py_RETURN_NONE; }
PyObject* gnomon_build_i(int value) { return PyLong_FromLong(value); }
PyObject* gnomon_build_I(unsigned value) { return PyLong_FromUnsignedLong(value); }
PyObject* gnomon_build_l(long value) { return PyLong_FromLong(value); }
PyObject* gnomon_build_k(unsigned long value) { return PyLong_FromUnsignedLong(value); }
PyObject* gnomon_build_d(double value) { return PyFloat_FromDouble(value); }
PyObject* gnomon_build_D(Py_complex* value) { return PyComplex_FromCComplex(*value); }
PyObject* gnomon_build_C(int value) { return PyUnicode_FromOrdinal(value); }

PyObject* gnomon_build_c(int value) {
    char byte = (char)value;
    return PyBytes_FromStringAndSize(&byte, 1);
}

/* A negative size: up to the NUL. */
PyObject* gnomon_build_s_sized(const char* text, Py_ssize_t size) {
    if (!text) Py_RETURN_NONE;
    return PyUnicode_FromStringAndSize(text, size < 0 ? (Py_ssize_t)strlen(text) : size);
}

PyObject* gnomon_build_y_sized(const char* bytes, Py_ssize_t size) {
    if (!bytes) Py_RETURN_NONE;
    return PyBytes_FromStringAndSize(bytes, size < 0 ? (Py_ssize_t)strlen(bytes) : size);
}

PyObject* gnomon_build_s(const char* text) { return gnomon_build_s_sized(text, -1); }
PyObject* gnomon_build_y(const char* bytes) { return gnomon_build_y_sized(bytes, -1); }

/* The caller's reference. Of a null pointer, whatever failed to make an object has said why; if nobody did, this does.
 */
PyObject* gnomon_build_N(PyObject* object) {
    if (!object && !gnomon_is_raised()) gnomon_raise(PyExc_SystemError);
    return object;
}

PyObject* gnomon_build_O(PyObject* object) {
    Py_XINCREF(object);
    return gnomon_build_N(object);
}

/* Around what a converter does: an exception that is set already. */
void gnomon_build_set_aside(PyObject** saved) { PyErr_Fetch(&saved[0], &saved[1], &saved[2]); }

void gnomon_build_put_back(PyObject** saved) {
    if (saved[0]) PyErr_Restore(saved[0], saved[1], saved[2]);
}

static void give_up(PyObject** items, Py_ssize_t size) {
    for (Py_ssize_t i = 0; i < size; ++i) Py_XDECREF(items[i]);
}

static int are_there(PyObject** items, Py_ssize_t size) {
    for (Py_ssize_t i = 0; i < size; ++i)
        if (!items[i]) return 0;
    return 1;
}

/* `container`, if it and all items are there, shall hold these. */
static int is_complete(PyObject* container, PyObject** items, Py_ssize_t size) {
    if (container && are_there(items, size)) return 1;
    give_up(items, size);
    Py_XDECREF(container);
    return 0;
}

PyObject* gnomon_build_tuple(PyObject** items, Py_ssize_t size) {
    PyObject* tuple = are_there(items, size) ? PyTuple_New(size) : NULL;
    if (!is_complete(tuple, items, size)) return NULL;
    for (Py_ssize_t i = 0; i < size; ++i) PyTuple_SetItem(tuple, i, items[i]);
    return tuple;
}

PyObject* gnomon_build_list(PyObject** items, Py_ssize_t size) {
    PyObject* list = are_there(items, size) ? PyList_New(size) : NULL;
    if (!is_complete(list, items, size)) return NULL;
    for (Py_ssize_t i = 0; i < size; ++i) PyList_SetItem(list, i, items[i]);
    return list;
}

PyObject* gnomon_build_dict(PyObject** items, Py_ssize_t size) {
    PyObject* dict = are_there(items, size) ? PyDict_New() : NULL;
    if (!is_complete(dict, items, size)) return NULL;
    int is_good = 1;
    for (Py_ssize_t i = 0; i < size && is_good; i += 2) is_good = PyDict_SetItem(dict, items[i], items[i + 1]) == 0;
    give_up(items, size);
    if (is_good) return dict;
    Py_DECREF(dict);
    return NULL;
}

/* The items of one tuple are the arguments themselves. */
PyObject* gnomon_call_function(PyObject* callable, PyObject** items, Py_ssize_t size) {
    int is_tuple = callable && size == 1 && items[0] && PyTuple_Check(items[0]);
    PyObject* arguments = is_tuple ? items[0] : gnomon_build_tuple(items, size);
    if (!arguments) return NULL;
    PyObject* result = callable ? PyObject_Call(callable, arguments, NULL) : gnomon_build_N(NULL);
    Py_DECREF(arguments);
    return result;
}

/* The method is looked for before the arguments are made: where that has failed, no code of Python's has run since. */
PyObject* gnomon_call_method(PyObject* object, const char* name, PyObject** items, Py_ssize_t size) {
    if (!are_there(items, size)) {
        give_up(items, size);
        return NULL;
    }
    PyObject* callable = object && name ? PyObject_GetAttrString(object, name) : gnomon_build_N(NULL);
    if (!callable) {
        give_up(items, size);
        return NULL;
    }
    PyObject* result = gnomon_call_function(callable, items, size);
    Py_DECREF(callable);
    return result;
}
