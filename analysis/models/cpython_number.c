/* PyNumber_*: which slot of which operand answers, as abstract.c has it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

int PyNumber_Check(PyObject* object) {
    if (!object) return 0;
    PyNumberMethods* methods = Py_TYPE(object)->tp_as_number;
    return (methods && (methods->nb_index || methods->nb_int || methods->nb_float)) || PyComplex_Check(object);
}

int PyIndex_Check(PyObject* object) {
    PyNumberMethods* methods = Py_TYPE(object)->tp_as_number;
    return methods && methods->nb_index;
}

/* What the type of an object has there; null: nothing. */
#define SLOT(object, name) (Py_TYPE(object)->tp_as_number ? Py_TYPE(object)->tp_as_number->name : NULL)

/* The left one's slot, then the right one's; the other way round where the right one's type derives from the left's. */
static PyObject* ask_both(PyObject* left, PyObject* right, binaryfunc of_left, binaryfunc of_right) {
    if (of_left && of_right && PyType_IsSubtype(Py_TYPE(right), Py_TYPE(left))) {
        PyObject* answer = of_right(left, right);
        if (answer != Py_NotImplemented) return answer;
        Py_DECREF(answer);
        of_right = NULL;
    }
    if (of_left) {
        PyObject* answer = of_left(left, right);
        if (answer != Py_NotImplemented) return answer;
        Py_DECREF(answer);
    }
    return of_right ? of_right(left, right) : Py_NewRef(Py_NotImplemented);
}

static PyObject* answer_of(PyObject* left, PyObject* right, binaryfunc of_left, binaryfunc of_right) {
    int are_alike = Py_TYPE(left) == Py_TYPE(right) || of_left == of_right;
    return ask_both(left, right, of_left, are_alike ? NULL : of_right);
}

static PyObject* or_type_error(PyObject* answer) {
    if (answer != Py_NotImplemented) return answer;
    Py_DECREF(answer);
    return gnomon_raise(PyExc_TypeError);
}

static PyObject* binary(PyObject* left, PyObject* right, binaryfunc of_left, binaryfunc of_right) {
    return or_type_error(answer_of(left, right, of_left, of_right));
}

/* First the left one's slot for changing itself. */
static PyObject* in_place_answer(PyObject* left, PyObject* right, binaryfunc own, binaryfunc of_left,
                                 binaryfunc of_right) {
    if (!own) return answer_of(left, right, of_left, of_right);
    PyObject* answer = own(left, right);
    if (answer != Py_NotImplemented) return answer;
    Py_DECREF(answer);
    return answer_of(left, right, of_left, of_right);
}

static PyObject* in_place(PyObject* left, PyObject* right, binaryfunc own, binaryfunc of_left, binaryfunc of_right) {
    return or_type_error(in_place_answer(left, right, own, of_left, of_right));
}

/* Sequences answer to + and * where no number does. */
static PyObject* repeat(ssizeargfunc how, PyObject* sequence, PyObject* count) {
    if (!PyIndex_Check(count)) return gnomon_raise(PyExc_TypeError);
    Py_ssize_t times = PyNumber_AsSsize_t(count, PyExc_OverflowError);
    return times == -1 && PyErr_Occurred() ? NULL : how(sequence, times);
}

static PyObject* or_concatenation(PyObject* answer, PyObject* left, PyObject* right, int is_in_place) {
    if (answer != Py_NotImplemented) return answer;
    PySequenceMethods* methods = Py_TYPE(left)->tp_as_sequence;
    Py_DECREF(answer);
    if (methods && is_in_place && methods->sq_inplace_concat) return methods->sq_inplace_concat(left, right);
    if (methods && methods->sq_concat) return methods->sq_concat(left, right);
    return gnomon_raise(PyExc_TypeError);
}

static PyObject* or_repetition(PyObject* answer, PyObject* left, PyObject* right, int is_in_place) {
    if (answer != Py_NotImplemented) return answer;
    PySequenceMethods *of_left = Py_TYPE(left)->tp_as_sequence, *of_right = Py_TYPE(right)->tp_as_sequence;
    Py_DECREF(answer);
    if (of_left && is_in_place && of_left->sq_inplace_repeat) return repeat(of_left->sq_inplace_repeat, left, right);
    if (of_left && of_left->sq_repeat) return repeat(of_left->sq_repeat, left, right);
    if (of_right && of_right->sq_repeat) return repeat(of_right->sq_repeat, right, left);
    return gnomon_raise(PyExc_TypeError);
}

PyObject* PyNumber_Add(PyObject* left, PyObject* right) {
    return or_concatenation(answer_of(left, right, SLOT(left, nb_add), SLOT(right, nb_add)), left, right, 0);
}
PyObject* PyNumber_InPlaceAdd(PyObject* left, PyObject* right) {
    return or_concatenation(
        in_place_answer(left, right, SLOT(left, nb_inplace_add), SLOT(left, nb_add), SLOT(right, nb_add)), left, right,
        1);
}
PyObject* PyNumber_Multiply(PyObject* left, PyObject* right) {
    return or_repetition(answer_of(left, right, SLOT(left, nb_multiply), SLOT(right, nb_multiply)), left, right, 0);
}
PyObject* PyNumber_InPlaceMultiply(PyObject* left, PyObject* right) {
    return or_repetition(in_place_answer(left, right, SLOT(left, nb_inplace_multiply), SLOT(left, nb_multiply),
                                         SLOT(right, nb_multiply)),
                         left, right, 1);
}

PyObject* PyNumber_Subtract(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_subtract), SLOT(right, nb_subtract));
}
PyObject* PyNumber_Remainder(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_remainder), SLOT(right, nb_remainder));
}
PyObject* PyNumber_Divmod(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_divmod), SLOT(right, nb_divmod));
}
PyObject* PyNumber_Lshift(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_lshift), SLOT(right, nb_lshift));
}
PyObject* PyNumber_Rshift(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_rshift), SLOT(right, nb_rshift));
}
PyObject* PyNumber_And(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_and), SLOT(right, nb_and));
}
PyObject* PyNumber_Xor(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_xor), SLOT(right, nb_xor));
}
PyObject* PyNumber_Or(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_or), SLOT(right, nb_or));
}
PyObject* PyNumber_FloorDivide(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_floor_divide), SLOT(right, nb_floor_divide));
}
PyObject* PyNumber_TrueDivide(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_true_divide), SLOT(right, nb_true_divide));
}
PyObject* PyNumber_MatrixMultiply(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(left, nb_matrix_multiply), SLOT(right, nb_matrix_multiply));
}

PyObject* PyNumber_InPlaceSubtract(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_subtract), SLOT(left, nb_subtract), SLOT(right, nb_subtract));
}
PyObject* PyNumber_InPlaceRemainder(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_remainder), SLOT(left, nb_remainder), SLOT(right, nb_remainder));
}
PyObject* PyNumber_InPlaceLshift(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_lshift), SLOT(left, nb_lshift), SLOT(right, nb_lshift));
}
PyObject* PyNumber_InPlaceRshift(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_rshift), SLOT(left, nb_rshift), SLOT(right, nb_rshift));
}
PyObject* PyNumber_InPlaceAnd(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_and), SLOT(left, nb_and), SLOT(right, nb_and));
}
PyObject* PyNumber_InPlaceXor(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_xor), SLOT(left, nb_xor), SLOT(right, nb_xor));
}
PyObject* PyNumber_InPlaceOr(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_or), SLOT(left, nb_or), SLOT(right, nb_or));
}
PyObject* PyNumber_InPlaceFloorDivide(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_floor_divide), SLOT(left, nb_floor_divide),
                    SLOT(right, nb_floor_divide));
}
PyObject* PyNumber_InPlaceTrueDivide(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_true_divide), SLOT(left, nb_true_divide),
                    SLOT(right, nb_true_divide));
}
PyObject* PyNumber_InPlaceMatrixMultiply(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(left, nb_inplace_matrix_multiply), SLOT(left, nb_matrix_multiply),
                    SLOT(right, nb_matrix_multiply));
}

/* What a slot answers; null without an exception: it is not there, or does not know. */
static PyObject* ask(ternaryfunc slot, PyObject* base, PyObject* exponent, PyObject* modulus, int* is_answer) {
    PyObject* answer = slot ? slot(base, exponent, modulus) : NULL;
    *is_answer = slot && answer != Py_NotImplemented;
    if (slot && !*is_answer) Py_DECREF(answer);
    return answer;
}

/* The third operand has a say, too. */
static PyObject* ternary(PyObject* base, PyObject* exponent, PyObject* modulus, ternaryfunc own) {
    ternaryfunc of_base = SLOT(base, nb_power), of_exponent = SLOT(exponent, nb_power);
    ternaryfunc of_modulus = SLOT(modulus, nb_power);
    int is_answer;
    PyObject* answer = ask(own, base, exponent, modulus, &is_answer);
    if (!is_answer) answer = ask(of_base, base, exponent, modulus, &is_answer);
    if (!is_answer && of_exponent != of_base) answer = ask(of_exponent, base, exponent, modulus, &is_answer);
    if (!is_answer && of_modulus != of_base && of_modulus != of_exponent)
        answer = ask(of_modulus, base, exponent, modulus, &is_answer);
    return is_answer ? answer : gnomon_raise(PyExc_TypeError);
}

PyObject* PyNumber_Power(PyObject* base, PyObject* exponent, PyObject* modulus) {
    return ternary(base, exponent, modulus, NULL);
}
PyObject* PyNumber_InPlacePower(PyObject* base, PyObject* exponent, PyObject* modulus) {
    return ternary(base, exponent, modulus, SLOT(base, nb_inplace_power));
}

static PyObject* null_argument(void) { return gnomon_is_raised() ? NULL : gnomon_raise(PyExc_SystemError); }

static PyObject* unary(PyObject* object, unaryfunc slot) { return slot ? slot(object) : gnomon_raise(PyExc_TypeError); }

PyObject* PyNumber_Negative(PyObject* object) {
    return object ? unary(object, SLOT(object, nb_negative)) : null_argument();
}
PyObject* PyNumber_Positive(PyObject* object) {
    return object ? unary(object, SLOT(object, nb_positive)) : null_argument();
}
PyObject* PyNumber_Invert(PyObject* object) {
    return object ? unary(object, SLOT(object, nb_invert)) : null_argument();
}
PyObject* PyNumber_Absolute(PyObject* object) {
    return object ? unary(object, SLOT(object, nb_absolute)) : null_argument();
}
