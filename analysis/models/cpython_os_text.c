/* PyOS_*: what C's library does, made alike everywhere. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>
#include <strings.h>

#include "cpython.h"

/* It always ends with a NUL. */
int PyOS_vsnprintf(char* to, size_t size, const char* format, va_list arguments) {
    int length = vsnprintf(to, size, format, arguments);
    if (size > 0) to[size - 1] = 0;
    return length;
}

int PyOS_snprintf(char* to, size_t size, const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = PyOS_vsnprintf(to, size, format, arguments);
    va_end(arguments);
    return length;
}

int PyOS_mystricmp(const char* left, const char* right) { return strcasecmp(left, right); }
int PyOS_mystrnicmp(const char* left, const char* right, Py_ssize_t size) {
    return strncasecmp(left, right, (size_t)size);
}

/* Of text that nobody may depend on; PyMem_Free gives it back. */
char* PyOS_double_to_string(double value, char code, int precision, int flags, int* kind) {
    static const char codes[] = "eEfFgGr";
    int is_known = 0;
    for (int i = 0; codes[i]; ++i) is_known |= codes[i] == code;
    if (!is_known || (code == 'r' && precision != 0)) return (char*)gnomon_bad_call();
    (void)flags;
    if (kind) *kind = value != value ? Py_DTST_NAN : value - value != 0 ? Py_DTST_INFINITE : Py_DTST_FINITE;
    char* text = PyMem_Malloc(2);
    if (!text) return (char*)PyErr_NoMemory();
    text[0] = (char)__gnomon_unknown();
    text[1] = 0;
    return text;
}

const char* PyUnicode_GetDefaultEncoding(void) { return "utf-8"; }
