/* Strings that are taken apart. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

/* Adds a part of the text, at the end or the beginning. Is the list given up? */
static int add_part(PyObject* parts, PyObject* text, Py_ssize_t start, Py_ssize_t end, int is_first) {
    PyObject* part = PyUnicode_Substring(text, start, end);
    int failed = !part || (is_first ? PyList_Insert(parts, 0, part) : PyList_Append(parts, part)) < 0;
    Py_XDECREF(part);
    if (failed) Py_DECREF(parts);
    return failed;
}

static int is_space(PyObject* text, Py_ssize_t at) { return _PyUnicode_IsWhitespace(PyUnicode_READ_CHAR(text, at)); }

static PyObject* split_words(PyObject* text, Py_ssize_t most) {
    PyObject* words = PyList_New(0);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), at = 0;
    while (words) {
        while (at < length && is_space(text, at)) ++at;
        if (at == length) break;
        Py_ssize_t start = at;
        while (at < length && (most == 0 || !is_space(text, at))) ++at;
        if (add_part(words, text, start, at, 0)) return NULL;
        if (most-- == 0) break;
    }
    return words;
}

static PyObject* split_words_from_end(PyObject* text, Py_ssize_t most) {
    PyObject* words = PyList_New(0);
    Py_ssize_t end = PyUnicode_GET_LENGTH(text);
    while (words) {
        while (end > 0 && is_space(text, end - 1)) --end;
        if (end == 0) break;
        Py_ssize_t at = end;
        while (at > 0 && (most == 0 || !is_space(text, at - 1))) --at;
        if (add_part(words, text, at, end, 1)) return NULL;
        end = at;
        if (most-- == 0) break;
    }
    return words;
}

/* Is it a string that parts may be separated by? An exception is set otherwise. */
static int separates(PyObject* text, PyObject* separator) {
    if (!PyUnicode_Check(text) || !PyUnicode_Check(separator)) return gnomon_raise(PyExc_TypeError) != NULL;
    if (PyUnicode_GET_LENGTH(separator) == 0) return gnomon_raise(PyExc_ValueError) != NULL;
    return 1;
}

PyObject* PyUnicode_Split(PyObject* text, PyObject* separator, Py_ssize_t most) {
    if (!separator) return PyUnicode_Check(text) ? split_words(text, most) : gnomon_raise(PyExc_TypeError);
    if (!separates(text, separator)) return NULL;
    PyObject* parts = PyList_New(0);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t start = 0; parts;) {
        Py_ssize_t end = most-- == 0 ? -1 : PyUnicode_Find(text, separator, start, length, 1);
        if (add_part(parts, text, start, end < 0 ? length : end, 0)) return NULL;
        if (end < 0) break;
        start = end + PyUnicode_GET_LENGTH(separator);
    }
    return parts;
}

PyObject* PyUnicode_RSplit(PyObject* text, PyObject* separator, Py_ssize_t most) {
    if (!separator) return PyUnicode_Check(text) ? split_words_from_end(text, most) : gnomon_raise(PyExc_TypeError);
    if (!separates(text, separator)) return NULL;
    PyObject* parts = PyList_New(0);
    for (Py_ssize_t end = PyUnicode_GET_LENGTH(text); parts;) {
        Py_ssize_t at = most-- == 0 ? -1 : PyUnicode_Find(text, separator, 0, end, -1);
        Py_ssize_t start = at < 0 ? 0 : at + PyUnicode_GET_LENGTH(separator);
        if (add_part(parts, text, start, end, 1)) return NULL;
        if (at < 0) break;
        end = at;
    }
    return parts;
}

PyObject* PyUnicode_Splitlines(PyObject* text, int keeps_ends) {
    if (!PyUnicode_Check(text)) return gnomon_raise(PyExc_TypeError);
    PyObject* lines = PyList_New(0);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t start = 0, at = 0; lines && start < length; start = at) {
        while (at < length && !_PyUnicode_IsLinebreak(PyUnicode_READ_CHAR(text, at))) ++at;
        Py_ssize_t end = at;
        if (at < length) {
            int is_pair = PyUnicode_READ_CHAR(text, at) == '\r' && at + 1 < length;
            at += is_pair && PyUnicode_READ_CHAR(text, at + 1) == '\n' ? 2 : 1;
        }
        if (add_part(lines, text, start, keeps_ends ? at : end, 0)) return NULL;
    }
    return lines;
}

/* The text up to `start`, what separates, and the text from `end` on. */
static PyObject* three(PyObject* text, Py_ssize_t start, PyObject* separator, Py_ssize_t end) {
    PyObject* before = PyUnicode_Substring(text, 0, start);
    PyObject* after = before ? PyUnicode_Substring(text, end, PyUnicode_GET_LENGTH(text)) : NULL;
    PyObject* parts = after ? PyTuple_Pack(3, before, separator, after) : NULL;
    Py_XDECREF(before);
    Py_XDECREF(after);
    return parts;
}

/* Of a text in which nothing separates: the whole is the first part, or the last. */
static PyObject* whole(PyObject* text, int is_first) {
    PyObject *empty = PyUnicode_New(0, 0), *parts = NULL;
    if (empty) parts = PyTuple_Pack(3, is_first ? text : empty, empty, is_first ? empty : text);
    Py_XDECREF(empty);
    return parts;
}

PyObject* PyUnicode_Partition(PyObject* text, PyObject* separator) {
    if (!separates(text, separator)) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), at = PyUnicode_Find(text, separator, 0, length, 1);
    return at < 0 ? whole(text, 1) : three(text, at, separator, at + PyUnicode_GET_LENGTH(separator));
}

PyObject* PyUnicode_RPartition(PyObject* text, PyObject* separator) {
    if (!separates(text, separator)) return NULL;
    Py_ssize_t at = PyUnicode_Find(text, separator, 0, PyUnicode_GET_LENGTH(text), -1);
    return at < 0 ? whole(text, 0) : three(text, at, separator, at + PyUnicode_GET_LENGTH(separator));
}
