/* What can be computed with ints: exact while it has 64 bits; of what has more, at most the sign is known. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

static PyObject* not_implemented(void) { return Py_NewRef(Py_NotImplemented); }

static PyObject* unknown(void) {
    __gnomon_not_modelled("computing with huge ints");
    return NULL;
}

/* 128 bits as an int. */
static PyObject* from_wide(__int128 value) {
    if (value == (long)value) return PyLong_FromLong((long)value);
    if (value > 0 && value == (unsigned long)value) return PyLong_FromUnsignedLong((unsigned long)value);
    return gnomon_new_int(value < 0 ? -1 : 1, BEYOND);
}

/* Both operands when they are known: 1. Otherwise *result: what the operation gives. */
static int are_known(PyObject* left, PyObject* right, __int128* a, __int128* b, PyObject** result) {
    long value;
    *result = NULL;
    if (!PyLong_Check(left) || !PyLong_Check(right)) {
        *result = not_implemented();
        return 0;
    }
    if (gnomon_int_range(left) >= BEYOND || gnomon_int_range(right) >= BEYOND) {
        *result = unknown();
        return 0;
    }
    *a = gnomon_int_value(left, &value) ? (__int128)value : (__int128)(unsigned long)value;
    *b = gnomon_int_value(right, &value) ? (__int128)value : (__int128)(unsigned long)value;
    return 1;
}

static PyObject* add(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? from_wide(a + b) : result;
}

static PyObject* subtract(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? from_wide(a - b) : result;
}

static PyObject* multiply(PyObject* left, PyObject* right) {
    __int128 a, b, product;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (__builtin_mul_overflow(a, b, &product)) return gnomon_new_int((a < 0) == (b < 0) ? 1 : -1, BEYOND);
    return from_wide(product);
}

/* Rounded down, as Python does; the remainder has the divisor's sign. */
static __int128 floor_quotient(__int128 a, __int128 b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

static PyObject* floor_divide(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    return b ? from_wide(floor_quotient(a, b)) : gnomon_raise(PyExc_ZeroDivisionError);
}

static PyObject* remainder_of(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    return b ? from_wide(a - floor_quotient(a, b) * b) : gnomon_raise(PyExc_ZeroDivisionError);
}

static PyObject* divmod(PyObject* left, PyObject* right) {
    PyObject* quotient = floor_divide(left, right);
    if (!quotient || quotient == Py_NotImplemented) return quotient;
    PyObject* rest = remainder_of(left, right);
    PyObject* pair = rest ? PyTuple_Pack(2, quotient, rest) : NULL;
    Py_DECREF(quotient);
    Py_XDECREF(rest);
    return pair;
}

static PyObject* true_divide(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (!b) return gnomon_raise(PyExc_ZeroDivisionError);
    if (a != (__int128)(double)a || b != (__int128)(double)b) __gnomon_not_modelled("division of large ints");
    return PyFloat_FromDouble((double)a / (double)b);
}

static PyObject* power(PyObject* base, PyObject* exponent, PyObject* modulus) {
    __int128 a, b, product = 1;
    PyObject* result;
    if (!are_known(base, exponent, &a, &b, &result)) return result;
    if (modulus != Py_None) __gnomon_not_modelled("pow() of three");
    if (b < 0) __gnomon_not_modelled("an int to a negative power");
    if (b > 64 && a != 0 && a != 1 && a != -1) return gnomon_new_int(a < 0 && b % 2 ? -1 : 1, BEYOND);
    if (b > 64) b = 2 - b % 2;
    for (; b > 0; --b)
        if (__builtin_mul_overflow(product, a, &product)) return unknown();
    return from_wide(product);
}

static PyObject* and_of(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? from_wide(a & b) : result;
}

static PyObject* or_of(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? from_wide(a | b) : result;
}

static PyObject* xor_of(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? from_wide(a ^ b) : result;
}

static PyObject* shift_left(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (b < 0) return gnomon_raise(PyExc_ValueError);
    if (a == 0) return PyLong_FromLong(0);
    if (b > 1L << 40) return PyErr_NoMemory();
    return b < 63 ? from_wide(a * ((__int128)1 << (int)b)) : gnomon_new_int(a < 0 ? -1 : 1, BEYOND);
}

static PyObject* shift_right(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (b < 0) return gnomon_raise(PyExc_ValueError);
    return from_wide(a >> (b > 100 ? 100 : (int)b));
}

static PyObject* as_int(PyObject* number) {
    long value;
    if (PyLong_CheckExact(number)) return Py_NewRef(number);
    gnomon_int_value(number, &value);
    return gnomon_new_int(value, gnomon_int_range(number));
}

static PyObject* negative(PyObject* number) {
    long value;
    int range = gnomon_int_range(number);
    if (gnomon_int_value(number, &value)) return from_wide(-(__int128)value);
    if (range == IN_UNSIGNED_LONG) return from_wide(-(__int128)(unsigned long)value);
    return gnomon_new_int(-value, range);
}

static int is_true(PyObject* number) {
    long value;
    return !gnomon_int_value(number, &value) || value != 0;
}

static PyObject* absolute(PyObject* number) {
    long value;
    gnomon_int_value(number, &value);
    return gnomon_int_range(number) != IN_UNSIGNED_LONG && value < 0 ? negative(number) : as_int(number);
}

static PyObject* invert(PyObject* number) {
    long value;
    if (gnomon_int_value(number, &value)) return PyLong_FromLong(~value);
    if (gnomon_int_range(number) == IN_UNSIGNED_LONG) return from_wide(~(__int128)(unsigned long)value);
    return gnomon_new_int(-value, BEYOND);
}

static PyObject* as_float(PyObject* number) {
    double value = PyLong_AsDouble(number);
    return value == -1.0 && PyErr_Occurred() ? NULL : PyFloat_FromDouble(value);
}

PyNumberMethods gnomon_int_as_number = {
    .nb_add = add,
    .nb_subtract = subtract,
    .nb_multiply = multiply,
    .nb_remainder = remainder_of,
    .nb_divmod = divmod,
    .nb_power = power,
    .nb_negative = negative,
    .nb_positive = as_int,
    .nb_absolute = absolute,
    .nb_bool = is_true,
    .nb_invert = invert,
    .nb_lshift = shift_left,
    .nb_rshift = shift_right,
    .nb_and = and_of,
    .nb_xor = xor_of,
    .nb_or = or_of,
    .nb_int = as_int,
    .nb_float = as_float,
    .nb_floor_divide = floor_divide,
    .nb_true_divide = true_divide,
    .nb_index = as_int,
};

/* bool's: & | ^ of two bools are bools. */
static PyObject* bool_and(PyObject* left, PyObject* right) {
    return PyBool_Check(left) && PyBool_Check(right) ? PyBool_FromLong(left == Py_True && right == Py_True)
                                                     : and_of(left, right);
}

static PyObject* bool_or(PyObject* left, PyObject* right) {
    return PyBool_Check(left) && PyBool_Check(right) ? PyBool_FromLong(left == Py_True || right == Py_True)
                                                     : or_of(left, right);
}

static PyObject* bool_xor(PyObject* left, PyObject* right) {
    return PyBool_Check(left) && PyBool_Check(right) ? PyBool_FromLong(left != right) : xor_of(left, right);
}

PyNumberMethods gnomon_bool_as_number = {
    .nb_add = add,
    .nb_subtract = subtract,
    .nb_multiply = multiply,
    .nb_remainder = remainder_of,
    .nb_divmod = divmod,
    .nb_power = power,
    .nb_negative = negative,
    .nb_positive = as_int,
    .nb_absolute = absolute,
    .nb_bool = is_true,
    .nb_invert = invert,
    .nb_lshift = shift_left,
    .nb_rshift = shift_right,
    .nb_and = bool_and,
    .nb_xor = bool_xor,
    .nb_or = bool_or,
    .nb_int = as_int,
    .nb_float = as_float,
    .nb_floor_divide = floor_divide,
    .nb_true_divide = true_divide,
    .nb_index = as_int,
};

/* Where an int lies among those of its sign, as far as it is known. */
static int is_below(PyObject* left, PyObject* right) {
    __int128 a, b;
    PyObject* ignored;
    long x, y;
    int left_range = gnomon_int_range(left), right_range = gnomon_int_range(right);
    if (gnomon_int_value(left, &x) && gnomon_int_value(right, &y)) return x < y;
    if (left_range < BEYOND && right_range < BEYOND) return are_known(left, right, &a, &b, &ignored) && a < b;
    gnomon_int_value(left, &x), gnomon_int_value(right, &y);
    if (left_range < BEYOND) return y > 0;
    if (right_range < BEYOND) return x < 0;
    if ((x < 0) == (y < 0)) __gnomon_not_modelled("comparing huge ints");
    return x < y;
}

PyObject* gnomon_compare_ints(PyObject* left, PyObject* right, int operation) {
    if (!PyLong_Check(left) || !PyLong_Check(right)) return not_implemented();
    int below = left != right && is_below(left, right), above = left != right && !below && is_below(right, left);
    Py_RETURN_RICHCOMPARE(above - below, 0, operation);
}
