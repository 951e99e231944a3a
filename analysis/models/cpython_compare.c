/* Comparisons. Numbers and texts are compared as the interpreter does; types of C code and instances compare
 * themselves; what containers say of each other is not known. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

static int holds(int order, int operation) {
    switch (operation) {
        case Py_LT:
            return order < 0;
        case Py_LE:
            return order <= 0;
        case Py_EQ:
            return order == 0;
        case Py_NE:
            return order != 0;
        case Py_GT:
            return order > 0;
        default:
            return order >= 0;
    }
}

static int is_number(PyObject* object) { return PyLong_Check(object) || PyFloat_Check(object); }

static int order_of_numbers(PyObject* left, PyObject* right) {
    long x = 0, y = 0;
    if (PyLong_Check(left) && PyLong_Check(right) && gnomon_int_value(left, &x) && gnomon_int_value(right, &y))
        return x < y ? -1 : x > y;
    if (PyFloat_Check(left) && PyFloat_Check(right)) {
        double a = PyFloat_AS_DOUBLE(left), b = PyFloat_AS_DOUBLE(right);
        if (a != a || b != b) __gnomon_not_modelled("comparisons with NaN");
        return a < b ? -1 : a > b;
    }
    __gnomon_not_modelled("comparisons of numbers of two kinds");
    return 0;
}

static PyObject* as_bool(int is_true) {
    PyObject* result = is_true ? Py_True : Py_False;
    Py_INCREF(result);
    return result;
}

/* Of objects whose types do not compare themselves. */
static PyObject* compared(PyObject* left, PyObject* right, int operation) {
    if (is_number(left) && is_number(right)) return as_bool(holds(order_of_numbers(left, right), operation));
    if (PyUnicode_Check(left) && PyUnicode_Check(right))
        return as_bool(holds(PyUnicode_Compare(left, right), operation));
    if (Py_TYPE(left) == Py_TYPE(right) && !is_number(left) && left != right)
        __gnomon_not_modelled("comparisons of containers");
    if (operation == Py_EQ) return as_bool(left == right);
    if (operation == Py_NE) return as_bool(left != right);
    return gnomon_raise(PyExc_TypeError);
}

PyObject* PyObject_RichCompare(PyObject* left, PyObject* right, int operation) {
    static const int swapped[] = {Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE};
    if (!left || !right) return gnomon_is_raised() ? NULL : gnomon_bad_call();
    if (gnomon_is_foreign(left) || gnomon_is_foreign(right)) __gnomon_not_modelled("what other modules hold");
    richcmpfunc compare = Py_TYPE(left)->tp_richcompare;
    if (compare) {
        PyObject* result = compare(left, right, operation);
        if (result != Py_NotImplemented) return result;
        Py_DECREF(result);
    }
    compare = Py_TYPE(right)->tp_richcompare;
    if (compare) {
        PyObject* result = compare(right, left, swapped[operation]);
        if (result != Py_NotImplemented) return result;
        Py_DECREF(result);
    }
    return compared(left, right, operation);
}

int PyObject_RichCompareBool(PyObject* left, PyObject* right, int operation) {
    if (left == right && operation == Py_EQ) return 1;
    if (left == right && operation == Py_NE) return 0;
    PyObject* result = PyObject_RichCompare(left, right, operation);
    if (!result) return -1;
    int is_true = PyObject_IsTrue(result);
    Py_DECREF(result);
    return is_true;
}

PyObject* PyObject_SelfIter(PyObject* object) {
    Py_INCREF(object);
    return object;
}
PyObject* PyObject_GenericGetAttr(PyObject* object, PyObject* name) {
    (void)object, (void)name;
    __gnomon_not_modelled("an attribute of an object");
    return NULL;
}
int PyObject_GenericSetAttr(PyObject* object, PyObject* name, PyObject* value) {
    (void)object, (void)name, (void)value;
    __gnomon_not_modelled("an attribute of an object");
    return -1;
}
Py_hash_t PyObject_HashNotImplemented(PyObject* object) {
    (void)object;
    return gnomon_fail(PyExc_TypeError);
}
