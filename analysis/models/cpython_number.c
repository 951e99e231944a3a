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

/* Where a slot lies in PyNumberMethods. */
#define SLOT(name) offsetof(PyNumberMethods, name)

static void* slot_of(PyObject* object, size_t slot) {
    PyNumberMethods* methods = Py_TYPE(object)->tp_as_number;
    return methods ? *(void**)((char*)methods + slot) : NULL;
}

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

static PyObject* answer_of(PyObject* left, PyObject* right, size_t slot) {
    binaryfunc of_left = slot_of(left, slot), of_right = slot_of(right, slot);
    return ask_both(left, right, of_left, Py_TYPE(left) == Py_TYPE(right) || of_left == of_right ? NULL : of_right);
}

static PyObject* or_type_error(PyObject* answer) {
    if (answer != Py_NotImplemented) return answer;
    Py_DECREF(answer);
    return gnomon_raise(PyExc_TypeError);
}

static PyObject* binary(PyObject* left, PyObject* right, size_t slot) {
    return or_type_error(answer_of(left, right, slot));
}

static PyObject* in_place_answer(PyObject* left, PyObject* right, size_t in_place, size_t slot) {
    binaryfunc own = slot_of(left, in_place);
    if (!own) return answer_of(left, right, slot);
    PyObject* answer = own(left, right);
    if (answer != Py_NotImplemented) return answer;
    Py_DECREF(answer);
    return answer_of(left, right, slot);
}

static PyObject* in_place(PyObject* left, PyObject* right, size_t in_place_slot, size_t slot) {
    return or_type_error(in_place_answer(left, right, in_place_slot, slot));
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
    return or_concatenation(answer_of(left, right, SLOT(nb_add)), left, right, 0);
}
PyObject* PyNumber_InPlaceAdd(PyObject* left, PyObject* right) {
    return or_concatenation(in_place_answer(left, right, SLOT(nb_inplace_add), SLOT(nb_add)), left, right, 1);
}
PyObject* PyNumber_Multiply(PyObject* left, PyObject* right) {
    return or_repetition(answer_of(left, right, SLOT(nb_multiply)), left, right, 0);
}
PyObject* PyNumber_InPlaceMultiply(PyObject* left, PyObject* right) {
    return or_repetition(in_place_answer(left, right, SLOT(nb_inplace_multiply), SLOT(nb_multiply)), left, right, 1);
}

PyObject* PyNumber_Subtract(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_subtract)); }
PyObject* PyNumber_Remainder(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_remainder)); }
PyObject* PyNumber_Divmod(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_divmod)); }
PyObject* PyNumber_Lshift(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_lshift)); }
PyObject* PyNumber_Rshift(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_rshift)); }
PyObject* PyNumber_And(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_and)); }
PyObject* PyNumber_Xor(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_xor)); }
PyObject* PyNumber_Or(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_or)); }
PyObject* PyNumber_FloorDivide(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_floor_divide)); }
PyObject* PyNumber_TrueDivide(PyObject* left, PyObject* right) { return binary(left, right, SLOT(nb_true_divide)); }
PyObject* PyNumber_MatrixMultiply(PyObject* left, PyObject* right) {
    return binary(left, right, SLOT(nb_matrix_multiply));
}

PyObject* PyNumber_InPlaceSubtract(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_subtract), SLOT(nb_subtract));
}
PyObject* PyNumber_InPlaceRemainder(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_remainder), SLOT(nb_remainder));
}
PyObject* PyNumber_InPlaceLshift(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_lshift), SLOT(nb_lshift));
}
PyObject* PyNumber_InPlaceRshift(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_rshift), SLOT(nb_rshift));
}
PyObject* PyNumber_InPlaceAnd(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_and), SLOT(nb_and));
}
PyObject* PyNumber_InPlaceXor(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_xor), SLOT(nb_xor));
}
PyObject* PyNumber_InPlaceOr(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_or), SLOT(nb_or));
}
PyObject* PyNumber_InPlaceFloorDivide(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_floor_divide), SLOT(nb_floor_divide));
}
PyObject* PyNumber_InPlaceTrueDivide(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_true_divide), SLOT(nb_true_divide));
}
PyObject* PyNumber_InPlaceMatrixMultiply(PyObject* left, PyObject* right) {
    return in_place(left, right, SLOT(nb_inplace_matrix_multiply), SLOT(nb_matrix_multiply));
}

/* The third operand has a say, too, where it is not None. */
static PyObject* ternary(PyObject* base, PyObject* exponent, PyObject* modulus, int is_in_place) {
    PyObject* operands[] = {base, exponent, modulus};
    ternaryfunc asked[3] = {NULL};
    for (int i = -is_in_place; i < 3; ++i) {
        ternaryfunc slot = slot_of(operands[i < 0 ? 0 : i], i < 0 ? SLOT(nb_inplace_power) : SLOT(nb_power));
        if (!slot || slot == asked[0] || slot == asked[1]) continue;
        if (i >= 0) asked[i] = slot;
        PyObject* answer = slot(base, exponent, modulus);
        if (answer != Py_NotImplemented) return answer;
        Py_DECREF(answer);
    }
    return gnomon_raise(PyExc_TypeError);
}

PyObject* PyNumber_Power(PyObject* base, PyObject* exponent, PyObject* modulus) {
    return ternary(base, exponent, modulus, 0);
}
PyObject* PyNumber_InPlacePower(PyObject* base, PyObject* exponent, PyObject* modulus) {
    return ternary(base, exponent, modulus, 1);
}

static PyObject* unary(PyObject* object, size_t slot) {
    if (!object) return gnomon_is_raised() ? NULL : gnomon_raise(PyExc_SystemError);
    unaryfunc how = slot_of(object, slot);
    return how ? how(object) : gnomon_raise(PyExc_TypeError);
}

PyObject* PyNumber_Negative(PyObject* object) { return unary(object, SLOT(nb_negative)); }
PyObject* PyNumber_Positive(PyObject* object) { return unary(object, SLOT(nb_positive)); }
PyObject* PyNumber_Invert(PyObject* object) { return unary(object, SLOT(nb_invert)); }
PyObject* PyNumber_Absolute(PyObject* object) { return unary(object, SLOT(nb_absolute)); }
