/* Numbers that stand in texts. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <errno.h>
#include <stdlib.h>

#include "cpython.h"

static int is_space(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

static const char* skip_space(const char* at) {
    while (is_space(*at)) ++at;
    return at;
}

static int is_letter(char letter, char wanted) { return (letter | 32) == wanted; }

/* What Python reads otherwise than C does: 0b1, 0o7, 07 with base 0. */
static int is_pythons_own(const char* text, int base) {
    const char* at = skip_space(text);
    if (*at == '-' || *at == '+') ++at;
    if (*at != '0') return 0;
    if (base == 0) return !is_letter(at[1], 'x') && at[1] != 0;
    return (base == 2 && is_letter(at[1], 'b')) || (base == 8 && is_letter(at[1], 'o'));
}

/* As C reads it, but that huge ones are kept. errno stays. */
static PyObject* parse(const char* text, char** end, int base) {
    int saved = errno;
    errno = 0;
    long value = strtol(text, end, base);
    int is_huge = errno == ERANGE;
    errno = saved;
    if (!is_huge) return PyLong_FromLong(value);
    if (value < 0) return gnomon_new_int(-1, BEYOND);
    errno = 0;
    unsigned long rest = strtoul(text, NULL, base);
    is_huge = errno == ERANGE;
    errno = saved;
    return is_huge ? gnomon_new_int(1, BEYOND) : PyLong_FromUnsignedLong(rest);
}

PyObject* PyLong_FromString(const char* text, char** end, int base) {
    if ((base != 0 && base < 2) || base > 36) return gnomon_raise(PyExc_ValueError);
    if ((base == 0 || base == 2 || base == 8) && is_pythons_own(text, base))
        __gnomon_not_modelled("a number as Python writes it");
    char* last;
    PyObject* number = parse(text, &last, base);
    if (!number) return NULL;
    int has_digits = last != text;
    const char* rest = has_digits ? skip_space(last) : skip_space(text);
    if (*rest == '_') __gnomon_not_modelled("a number with underscores");
    if (end) *end = (char*)rest;
    if (has_digits && *rest == 0) return number;
    Py_DECREF(number);
    return gnomon_raise(PyExc_ValueError);
}

/* All of a text of known size, in which a NUL would be the end. */
PyObject* gnomon_int_of_text(const char* text, Py_ssize_t size, int base) {
    char* end;
    PyObject* number = PyLong_FromString(text, &end, base);
    if (!number || end == text + size) return number;
    Py_DECREF(number);
    return gnomon_raise(PyExc_ValueError);
}

/* The bytes of a text, with a NUL behind them; null with an exception. */
static const char* ascii_of(PyObject* text, Py_ssize_t* size) {
    if (!PyUnicode_IS_ASCII(text)) __gnomon_not_modelled("digits that are not ASCII");
    *size = PyUnicode_GET_LENGTH(text);
    return PyUnicode_DATA(text);
}

PyObject* PyLong_FromUnicodeObject(PyObject* text, int base) {
    Py_ssize_t size;
    const char* bytes = ascii_of(text, &size);
    return gnomon_int_of_text(bytes, size, base);
}

/* Python knows no hexadecimal floats here: of 0x10 it reads the 0. */
double PyOS_string_to_double(const char* text, char** end, PyObject* overflow) {
    char* last;
    double value = strtod(text, &last);
    const char* digits = text + (*text == '-' || *text == '+');
    if (digits[0] == '0' && is_letter(digits[1], 'x')) {
        last = (char*)digits + 1;
        value = *text == '-' ? -0.0 : 0.0;
    }
    if (is_space(*text)) last = (char*)text;
    if (end) *end = last;
    if (last == text || (!end && *last)) return gnomon_fail(PyExc_ValueError);
    int is_infinite = value - value != 0 && value == value;
    if (is_infinite && overflow && !is_letter(*digits, 'i')) return gnomon_fail(overflow);
    return value;
}

PyObject* PyFloat_FromString(PyObject* object) {
    Py_ssize_t size;
    const char* text;
    if (PyUnicode_Check(object)) {
        text = ascii_of(object, &size);
    } else if (PyBytes_Check(object)) {
        text = PyBytes_AS_STRING(object), size = PyBytes_GET_SIZE(object);
    } else if (PyByteArray_Check(object)) {
        text = PyByteArray_AS_STRING(object), size = PyByteArray_GET_SIZE(object);
    } else {
        if (PyObject_CheckBuffer(object)) __gnomon_not_modelled("a buffer as a number");
        return gnomon_raise(PyExc_TypeError);
    }
    char* end;
    double value = PyOS_string_to_double(skip_space(text), &end, NULL);
    if (value == -1.0 && PyErr_Occurred()) return NULL;
    if (*end == '_') __gnomon_not_modelled("a number with underscores");
    return skip_space(end) == text + size ? PyFloat_FromDouble(value) : gnomon_raise(PyExc_ValueError);
}

long PyOS_strtol(const char* text, char** end, int base) { return strtol(text, end, base); }
unsigned long PyOS_strtoul(const char* text, char** end, int base) { return strtoul(text, end, base); }
