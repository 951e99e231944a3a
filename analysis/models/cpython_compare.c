/* Comparisons and hashes of any objects. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

static const int reflected[] = {Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE};

static PyObject* ask(PyObject* asked, PyObject* other, int operation) {
    richcmpfunc method = Py_TYPE(asked)->tp_richcompare;
    return method ? method(asked, other, operation) : Py_NewRef(Py_NotImplemented);
}

/* The operand whose type derives from the other's answers first. */
static PyObject* compare(PyObject* left, PyObject* right, int operation) {
    PyTypeObject *type = Py_TYPE(left), *other = Py_TYPE(right);
    int is_right_first =
        type != other && other->tp_richcompare && other != &PyBaseObject_Type && PyType_IsSubtype(other, type);
    PyObject* answer = is_right_first ? ask(right, left, reflected[operation]) : ask(left, right, operation);
    if (answer != Py_NotImplemented) return answer;
    Py_DECREF(answer);
    answer = is_right_first ? ask(left, right, operation) : ask(right, left, reflected[operation]);
    if (answer != Py_NotImplemented) return answer;
    Py_DECREF(answer);
    if (operation == Py_EQ) return PyBool_FromLong(left == right);
    if (operation == Py_NE) return PyBool_FromLong(left != right);
    return gnomon_raise(PyExc_TypeError);
}

PyObject* PyObject_RichCompare(PyObject* left, PyObject* right, int operation) {
    if (!left || !right) return gnomon_is_raised() ? NULL : gnomon_bad_call();
    if (gnomon_is_foreign(left) || gnomon_is_foreign(right)) __gnomon_not_modelled("what other modules hold");
    return compare(left, right, operation);
}

int PyObject_RichCompareBool(PyObject* left, PyObject* right, int operation) {
    if (left == right && operation == Py_EQ) return 1;
    if (left == right && operation == Py_NE) return 0;
    PyObject* answer = PyObject_RichCompare(left, right, operation);
    if (!answer) return -1;
    int is_true = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return is_true;
}

static int holds(Py_ssize_t left, Py_ssize_t right, int operation) {
    switch (operation) {
        case Py_LT:
            return left < right;
        case Py_LE:
            return left <= right;
        case Py_EQ:
            return left == right;
        case Py_NE:
            return left != right;
        case Py_GT:
            return left > right;
        default:
            return left >= right;
    }
}

PyObject* gnomon_compare_items(PyObject** left, Py_ssize_t left_size, PyObject** right, Py_ssize_t right_size,
                               int operation) {
    int is_equality = operation == Py_EQ || operation == Py_NE;
    if (is_equality && left_size != right_size) return PyBool_FromLong(operation == Py_NE);
    Py_ssize_t i = 0;
    for (; i < left_size && i < right_size; ++i) {
        int is_same = PyObject_RichCompareBool(left[i], right[i], Py_EQ);
        if (is_same < 0) return NULL;
        if (!is_same) break;
    }
    if (i >= left_size || i >= right_size) return PyBool_FromLong(holds(left_size, right_size, operation));
    if (is_equality) return PyBool_FromLong(operation == Py_NE);
    return PyObject_RichCompare(left[i], right[i], operation);
}

/* Hashes */
Py_hash_t PyObject_HashNotImplemented(PyObject* op) {
    (void)op;
    return gnomon_fail(PyExc_TypeError);
}

Py_hash_t PyObject_Hash(PyObject* op) {
    hashfunc method = Py_TYPE(op)->tp_hash;
    return method ? method(op) : __gnomon_unknown();
}

static int is_number(PyObject* op) { return PyLong_Check(op) || PyFloat_Check(op); }

int gnomon_is_hashable(PyObject* key) {
    if (PyUnicode_Check(key) || is_number(key) || PyBytes_Check(key) || !Py_TYPE(key)->tp_hash) return 1;
    if (PyFrozenSet_CheckExact(key)) return 1;
    if (!PyTuple_CheckExact(key)) return Py_TYPE(key)->tp_hash(key) != -1;
    for (Py_ssize_t i = 0; i < Py_SIZE(key); ++i)
        if (!gnomon_is_hashable(((PyTupleObject*)key)->ob_item[i])) return 0;
    return 1;
}

/* Objects of different types have different hashes, but for numbers. */
int gnomon_is_same_key(PyObject* key, PyObject* other) {
    if (key == other) return 1;
    if (Py_TYPE(key) != Py_TYPE(other) && !(is_number(key) && is_number(other))) return 0;
    return Py_TYPE(key)->tp_richcompare ? PyObject_RichCompareBool(key, other, Py_EQ) : 0;
}
