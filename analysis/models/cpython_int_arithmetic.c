/* What can be computed with ints: exact while it has 64 bits. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

static PyObject* not_implemented(void) { return Py_NewRef(Py_NotImplemented); }

/* Both operands: 1; 0: *result is what the operation gives instead. */
static int are_known(PyObject* left, PyObject* right, long* a, long* b, PyObject** result) {
    *result = NULL;
    if (!PyLong_Check(left) || !PyLong_Check(right)) {
        *result = not_implemented();
        return 0;
    }
    if (gnomon_int_value(left, a) && gnomon_int_value(right, b)) return 1;
    __gnomon_not_modelled("computing with huge ints");
    return 0;
}

/* What is above LONG_MAX, but has 64 bits. */
static PyObject* from_unsigned(unsigned long value) { return gnomon_new_int((long)value, IN_UNSIGNED_LONG); }
static PyObject* beyond(int is_negative) { return gnomon_new_int(is_negative ? -1 : 1, BEYOND); }

static PyObject* add(PyObject* left, PyObject* right) {
    long a, b, sum;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (!__builtin_add_overflow(a, b, &sum)) return PyLong_FromLong(sum);
    return a > 0 ? from_unsigned((unsigned long)a + (unsigned long)b) : beyond(1);
}

static PyObject* subtract(PyObject* left, PyObject* right) {
    long a, b, difference;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (!__builtin_sub_overflow(a, b, &difference)) return PyLong_FromLong(difference);
    return b < 0 ? from_unsigned((unsigned long)a - (unsigned long)b) : beyond(1);
}

static unsigned long magnitude_of(long value) { return value < 0 ? -(unsigned long)value : (unsigned long)value; }

static PyObject* product_of(long a, long b) {
    long product;
    unsigned long magnitude;
    if (!__builtin_mul_overflow(a, b, &product)) return PyLong_FromLong(product);
    int is_negative = (a < 0) != (b < 0);
    int is_too_large = __builtin_mul_overflow(magnitude_of(a), magnitude_of(b), &magnitude);
    return is_negative || is_too_large ? beyond(is_negative) : from_unsigned(magnitude);
}

static PyObject* multiply(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? product_of(a, b) : result;
}

/* Rounded down, as Python does; the remainder has the divisor's sign. */
static PyObject* floor_divide(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (b == 0) return gnomon_raise(PyExc_ZeroDivisionError);
    if (b == -1) return product_of(a, b);
    return PyLong_FromLong(a / b - (a % b != 0 && (a < 0) != (b < 0)));
}

static PyObject* remainder_of(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (b == 0) return gnomon_raise(PyExc_ZeroDivisionError);
    long rest = b == -1 ? 0 : a % b;
    return PyLong_FromLong(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
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

static int is_exact_double(long value) { return magnitude_of(value) <= 1UL << 53; }

static PyObject* true_divide(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (b == 0) return gnomon_raise(PyExc_ZeroDivisionError);
    if (!is_exact_double(a) || !is_exact_double(b)) __gnomon_not_modelled("division of large ints");
    return PyFloat_FromDouble((double)a / (double)b);
}

static PyObject* power(PyObject* base, PyObject* exponent, PyObject* modulus) {
    long a, b, product = 1;
    PyObject* result;
    if (!are_known(base, exponent, &a, &b, &result)) return result;
    if (modulus != Py_None) __gnomon_not_modelled("pow() of three");
    if (b < 0) __gnomon_not_modelled("an int to a negative power");
    if (a >= -1 && a <= 1) return PyLong_FromLong(b == 0 ? 1 : b % 2 ? a : a * a);
    if (b > 64) return beyond(a < 0 && b % 2);
    for (; b > 1; --b)
        if (__builtin_mul_overflow(product, a, &product)) __gnomon_not_modelled("a huge power");
    return b ? product_of(product, a) : PyLong_FromLong(1);
}

static PyObject* and_of(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? PyLong_FromLong(a & b) : result;
}

static PyObject* or_of(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? PyLong_FromLong(a | b) : result;
}

static PyObject* xor_of(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    return are_known(left, right, &a, &b, &result) ? PyLong_FromLong(a ^ b) : result;
}

static PyObject* shift_left(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    if (b < 0) return gnomon_raise(PyExc_ValueError);
    if (a == 0) return PyLong_FromLong(0);
    if (b > 1L << 40) return PyErr_NoMemory();
    if (b < 63) return product_of(a, 1L << b);
    if (b == 63 && (a == 1 || a == -1)) return gnomon_new_int(LONG_MIN, a < 0 ? IN_LONG : IN_UNSIGNED_LONG);
    return beyond(a < 0);
}

static PyObject* shift_right(PyObject* left, PyObject* right) {
    long a, b;
    PyObject* result;
    if (!are_known(left, right, &a, &b, &result)) return result;
    return b < 0 ? gnomon_raise(PyExc_ValueError) : PyLong_FromLong(a >> (b > 63 ? 63 : b));
}

static PyObject* as_int(PyObject* number) {
    long value;
    if (PyLong_CheckExact(number)) return Py_NewRef(number);
    gnomon_int_value(number, &value);
    return gnomon_new_int(value, gnomon_int_range(number));
}

static PyObject* negative(PyObject* number) {
    long value;
    if (gnomon_int_value(number, &value)) return product_of(value, -1);
    int range = gnomon_int_range(number);
    if (range == BEYOND_DOUBLE) return gnomon_new_int(-value, range);
    if (range == IN_UNSIGNED_LONG && value == LONG_MIN) return PyLong_FromLong(value);
    return beyond(range == IN_UNSIGNED_LONG || value > 0);
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
    return beyond(gnomon_int_range(number) == IN_UNSIGNED_LONG || value > 0);
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

/* -1: below all long numbers; 0: a long; above them, 1 with 64 bits, 2 with more. */
static int class_of(PyObject* number, long value) {
    int range = gnomon_int_range(number);
    if (range <= IN_UNSIGNED_LONG) return range;
    return value < 0 ? -1 : 2;
}

static int order_of(PyObject* left, PyObject* right) {
    long a, b;
    if (gnomon_int_value(left, &a) && gnomon_int_value(right, &b)) return (a > b) - (a < b);
    gnomon_int_value(right, &b);
    int of_left = class_of(left, a), of_right = class_of(right, b);
    if (of_left != of_right) return of_left < of_right ? -1 : 1;
    if (of_left != IN_UNSIGNED_LONG) __gnomon_not_modelled("comparing huge ints");
    return ((unsigned long)a > (unsigned long)b) - ((unsigned long)a < (unsigned long)b);
}

PyObject* gnomon_compare_ints(PyObject* left, PyObject* right, int operation) {
    if (!PyLong_Check(left) || !PyLong_Check(right)) return not_implemented();
    int order = left == right ? 0 : order_of(left, right);
    Py_RETURN_RICHCOMPARE(order, 0, operation);
}
