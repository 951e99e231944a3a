/* What kind of letter a code point is. Beyond ASCII only white space and the ends of lines are known. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#define BETWEEN(letter, first, last) ((letter) - (first) <= (last) - (first))

const unsigned char _Py_ascii_whitespace[] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};

int _PyUnicode_IsWhitespace(const Py_UCS4 letter) {
    return BETWEEN(letter, 0x09u, 0x0du) | BETWEEN(letter, 0x1cu, 0x20u) | (letter == 0x85) | (letter == 0xa0) |
           (letter == 0x1680) | BETWEEN(letter, 0x2000u, 0x200au) | BETWEEN(letter, 0x2028u, 0x2029u) |
           (letter == 0x202f) | (letter == 0x205f) | (letter == 0x3000);
}

int _PyUnicode_IsLinebreak(const Py_UCS4 letter) {
    return BETWEEN(letter, 0x0au, 0x0du) | BETWEEN(letter, 0x1cu, 0x1eu) | (letter == 0x85) |
           BETWEEN(letter, 0x2028u, 0x2029u);
}

static Py_UCS4 known(Py_UCS4 letter) {
    if (letter >= 0x80) __gnomon_not_modelled("letters beyond ASCII");
    return letter;
}

int _PyUnicode_IsLowercase(Py_UCS4 letter) { return BETWEEN(known(letter), 'a', 'z'); }

int _PyUnicode_IsUppercase(Py_UCS4 letter) { return BETWEEN(known(letter), 'A', 'Z'); }

int _PyUnicode_IsTitlecase(Py_UCS4 letter) {
    known(letter);
    return 0;
}

int _PyUnicode_IsAlpha(Py_UCS4 letter) { return BETWEEN(known(letter) | 32, 'a', 'z'); }

int _PyUnicode_IsDecimalDigit(Py_UCS4 letter) { return BETWEEN(known(letter), '0', '9'); }

int _PyUnicode_IsDigit(Py_UCS4 letter) { return BETWEEN(known(letter), '0', '9'); }

int _PyUnicode_IsNumeric(Py_UCS4 letter) { return BETWEEN(known(letter), '0', '9'); }

int _PyUnicode_IsPrintable(Py_UCS4 letter) { return BETWEEN(known(letter), ' ', '~'); }

int _PyUnicode_ToDecimalDigit(Py_UCS4 letter) { return BETWEEN(known(letter), '0', '9') ? (int)letter - '0' : -1; }

int _PyUnicode_ToDigit(Py_UCS4 letter) { return _PyUnicode_ToDecimalDigit(letter); }

double _PyUnicode_ToNumeric(Py_UCS4 letter) { return _PyUnicode_ToDecimalDigit(letter); }

Py_UCS4 _PyUnicode_ToLowercase(Py_UCS4 letter) { return letter + 32 * BETWEEN(known(letter), 'A', 'Z'); }

Py_UCS4 _PyUnicode_ToUppercase(Py_UCS4 letter) { return letter - 32 * BETWEEN(known(letter), 'a', 'z'); }

Py_UCS4 _PyUnicode_ToTitlecase(Py_UCS4 letter) { return _PyUnicode_ToUppercase(letter); }
