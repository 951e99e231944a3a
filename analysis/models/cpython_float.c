/* Floats and complex numbers. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <errno.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "cpython.h"

double fmod(double left, double right);
double floor(double number);
double pow(double base, double exponent);

static void float_dealloc(PyObject* object) { gnomon_free(object); }

static PyObject* not_implemented(void) { return Py_NewRef(Py_NotImplemented); }

static PyObject* some_text(PyObject* object) {
    (void)object;
    return gnomon_some_str();
}

static Py_hash_t some_hash(PyObject* object) {
    (void)object;
    return __gnomon_unknown();
}

/* An operand as a double: 1; 0: it is no number, or none that a double holds: *result is what the operation gives. */
static int operand(PyObject* object, double* value, PyObject** result) {
    *result = NULL;
    if (PyFloat_Check(object)) {
        *value = PyFloat_AS_DOUBLE(object);
    } else if (PyLong_Check(object)) {
        *value = PyLong_AsDouble(object);
        return *value != -1.0 || !PyErr_Occurred();
    } else {
        *result = not_implemented();
        return 0;
    }
    return 1;
}

static PyObject* add(PyObject* left, PyObject* right) {
    double a, b;
    PyObject* result;
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    return PyFloat_FromDouble(a + b);
}

static PyObject* subtract(PyObject* left, PyObject* right) {
    double a, b;
    PyObject* result;
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    return PyFloat_FromDouble(a - b);
}

static PyObject* multiply(PyObject* left, PyObject* right) {
    double a, b;
    PyObject* result;
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    return PyFloat_FromDouble(a * b);
}

static PyObject* divide(PyObject* left, PyObject* right) {
    double a, b;
    PyObject* result;
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    return b == 0.0 ? gnomon_raise(PyExc_ZeroDivisionError) : PyFloat_FromDouble(a / b);
}

/* With the divisor's sign, as Python's % has it. */
static double floor_remainder(double a, double b) {
    double rest = fmod(a, b);
    if (rest == 0.0) return __builtin_copysign(0.0, b);
    return (b < 0) != (rest < 0) ? rest + b : rest;
}

static PyObject* remainder_of(PyObject* left, PyObject* right) {
    double a, b;
    PyObject* result;
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    return b == 0.0 ? gnomon_raise(PyExc_ZeroDivisionError) : PyFloat_FromDouble(floor_remainder(a, b));
}

static PyObject* floor_divide(PyObject* left, PyObject* right) {
    double a, b;
    PyObject* result;
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    if (b == 0.0) return gnomon_raise(PyExc_ZeroDivisionError);
    double quotient = (a - floor_remainder(a, b)) / b, whole = floor(quotient);
    if (quotient == 0.0) return PyFloat_FromDouble(__builtin_copysign(0.0, a / b));
    return PyFloat_FromDouble(quotient - whole > 0.5 ? whole + 1.0 : whole);
}

static PyObject* power(PyObject* left, PyObject* right, PyObject* modulus) {
    double a, b;
    PyObject* result;
    if (modulus != Py_None) return gnomon_raise(PyExc_TypeError);
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    if (a == 0.0 && b < 0.0) return gnomon_raise(PyExc_ZeroDivisionError);
    if (a < 0.0 && b != floor(b)) __gnomon_not_modelled("a complex power");
    double value = pow(a, b);
    if ((value > DBL_MAX || value < -DBL_MAX) && a - a == 0.0 && b - b == 0.0) return gnomon_raise(PyExc_OverflowError);
    return PyFloat_FromDouble(value);
}

static PyObject* negative(PyObject* number) { return PyFloat_FromDouble(-PyFloat_AS_DOUBLE(number)); }
static PyObject* absolute(PyObject* number) { return PyFloat_FromDouble(__builtin_fabs(PyFloat_AS_DOUBLE(number))); }
static int is_true(PyObject* number) { return PyFloat_AS_DOUBLE(number) != 0.0; }
static PyObject* as_int(PyObject* number) { return PyLong_FromDouble(PyFloat_AS_DOUBLE(number)); }

static PyObject* as_float(PyObject* number) {
    if (PyFloat_CheckExact(number)) return Py_NewRef(number);
    return PyFloat_FromDouble(PyFloat_AS_DOUBLE(number));
}

static PyNumberMethods float_as_number = {
    .nb_add = add,
    .nb_subtract = subtract,
    .nb_multiply = multiply,
    .nb_remainder = remainder_of,
    .nb_power = power,
    .nb_negative = negative,
    .nb_positive = as_float,
    .nb_absolute = absolute,
    .nb_bool = is_true,
    .nb_int = as_int,
    .nb_float = as_float,
    .nb_floor_divide = floor_divide,
    .nb_true_divide = divide,
};

static PyObject* compare(PyObject* left, PyObject* right, int operation) {
    double a, b;
    PyObject* result;
    if (PyLong_Check(right) && gnomon_int_range(right) != IN_LONG) __gnomon_not_modelled("a float beside a huge int");
    if (!operand(left, &a, &result) || !operand(right, &b, &result)) return result;
    switch (operation) {
        case Py_LT:
            return PyBool_FromLong(a < b);
        case Py_LE:
            return PyBool_FromLong(a <= b);
        case Py_GT:
            return PyBool_FromLong(a > b);
        case Py_GE:
            return PyBool_FromLong(a >= b);
        case Py_EQ:
            return PyBool_FromLong(a == b);
        default:
            return PyBool_FromLong(a != b);
    }
}

static PyObject* float_new(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    if (type != &PyFloat_Type || kwds || PyTuple_GET_SIZE(args) > 1) __gnomon_not_modelled("float() of this");
    return PyTuple_GET_SIZE(args) ? PyNumber_Float(PyTuple_GET_ITEM(args, 0)) : PyFloat_FromDouble(0.0);
}

PyTypeObject PyFloat_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "float",
    .tp_basicsize = sizeof(PyFloatObject),
    .tp_dealloc = float_dealloc,
    .tp_repr = some_text,
    .tp_as_number = &float_as_number,
    .tp_hash = some_hash,
    .tp_richcompare = compare,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_new = float_new,
    .tp_free = PyObject_Free,
};

PyObject* PyFloat_FromDouble(double value) {
    PyFloatObject* number = gnomon_new(&PyFloat_Type, sizeof(PyFloatObject));
    if (!number) return NULL;
    __gnomon_typed(number);
    number->ob_fval = value;
    return (PyObject*)number;
}

void* gnomon_become_float(void* block, long id) {
    __gnomon_resize(block, sizeof(PyFloatObject));
    PyFloatObject* number = gnomon_become(block, &PyFloat_Type);
    __gnomon_typed(number);
    number->ob_fval = __gnomon_choose_double_as(id, "value");
    return number;
}

/* By __index__, which a number without __float__ may have. */
static double from_index(PyObject* object) {
    PyObject* number = PyNumber_Index(object);
    if (!number) return -1.0;
    double value = PyLong_AsDouble(number);
    Py_DECREF(number);
    return value;
}

double PyFloat_AsDouble(PyObject* object) {
    if (!object) return PyErr_BadArgument(), -1.0;
    if (PyFloat_Check(object)) return PyFloat_AS_DOUBLE(object);
    if (PyLong_CheckExact(object)) return PyLong_AsDouble(object);
    PyNumberMethods* methods = Py_TYPE(object)->tp_as_number;
    if (methods && !methods->nb_float && methods->nb_index) return from_index(object);
    if (!methods || !methods->nb_float) return gnomon_fail(PyExc_TypeError);
    PyObject* number = methods->nb_float(object);
    if (!number) return -1.0;
    double value = PyFloat_Check(number) ? PyFloat_AS_DOUBLE(number) : gnomon_fail(PyExc_TypeError);
    Py_DECREF(number);
    return value;
}

double PyFloat_GetMax(void) { return DBL_MAX; }
double PyFloat_GetMin(void) { return DBL_MIN; }

/* Complex numbers: they are kept, not computed with. */
static void complex_dealloc(PyObject* object) { gnomon_free(object); }

static PyObject* of_one(PyObject* number) {
    (void)number;
    __gnomon_not_modelled("computing with complex numbers");
    return NULL;
}

static PyObject* of_two(PyObject* left, PyObject* right) {
    (void)right;
    return of_one(left);
}

static PyObject* complex_power(PyObject* left, PyObject* right, PyObject* modulus) {
    (void)right, (void)modulus;
    return of_one(left);
}

static PyObject* complex_compare(PyObject* left, PyObject* right, int operation) {
    (void)right, (void)operation;
    return of_one(left);
}

static PyNumberMethods complex_as_number = {
    .nb_add = of_two,
    .nb_subtract = of_two,
    .nb_multiply = of_two,
    .nb_power = complex_power,
    .nb_negative = of_one,
    .nb_positive = of_one,
    .nb_absolute = of_one,
    .nb_true_divide = of_two,
};

PyTypeObject PyComplex_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "complex",
    .tp_basicsize = sizeof(PyComplexObject),
    .tp_dealloc = complex_dealloc,
    .tp_repr = some_text,
    .tp_as_number = &complex_as_number,
    .tp_hash = some_hash,
    .tp_richcompare = complex_compare,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_free = PyObject_Free,
};

PyObject* PyComplex_FromCComplex(Py_complex value) {
    PyComplexObject* number = gnomon_new(&PyComplex_Type, sizeof(PyComplexObject));
    if (!number) return NULL;
    number->cval = value;
    return (PyObject*)number;
}

PyObject* PyComplex_FromDoubles(double real, double imaginary) {
    Py_complex value = {real, imaginary};
    return PyComplex_FromCComplex(value);
}

Py_complex PyComplex_AsCComplex(PyObject* object) {
    if (PyComplex_Check(object)) return ((PyComplexObject*)object)->cval;
    Py_complex value = {PyFloat_AsDouble(object), 0.0};
    return value;
}

double PyComplex_RealAsDouble(PyObject* object) {
    return PyComplex_Check(object) ? ((PyComplexObject*)object)->cval.real : PyFloat_AsDouble(object);
}

double PyComplex_ImagAsDouble(PyObject* object) {
    if (PyComplex_Check(object)) return ((PyComplexObject*)object)->cval.imag;
#if PY_VERSION_HEX >= 0x030D0000
    if (PyFloat_AsDouble(object) == -1.0 && PyErr_Occurred()) return -1.0;
#endif
    return 0.0;
}
