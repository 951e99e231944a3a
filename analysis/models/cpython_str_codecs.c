/* Strings as bytes, and bytes as strings. Of encodings, UTF-8, ASCII and Latin-1 are known. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>
#include <strings.h>

#include "cpython.h"

static int is_strict(const char* errors) { return !errors || strcmp(errors, "strict") == 0; }

static PyObject* undecodable(const char* errors) {
    return is_strict(errors) ? gnomon_raise(PyExc_UnicodeDecodeError) : gnomon_some_str();
}

static PyObject* unencodable(const char* errors) {
    return is_strict(errors) ? gnomon_raise(PyExc_UnicodeEncodeError) : gnomon_some_bytes();
}

/* Every bit that some byte has: up to 0x7F, they are ASCII. */
static unsigned all_bits(const char* bytes, Py_ssize_t size) {
    unsigned char all = 0;
    for (Py_ssize_t i = 0; i < size; ++i) all |= (unsigned char)bytes[i];
    return all;
}

/* The letter at `at`, and how many bytes it has; 0: none is well-formed there. */
static int letter_at(const unsigned char* at, Py_ssize_t rest, Py_UCS4* letter) {
    unsigned char first = at[0];
    *letter = first;
    if (first < 0x80) return 1;
    int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || size > rest) return 0;
    Py_UCS4 value = first & (0x7Fu >> size);
    for (int i = 1; i < size; ++i) {
        if ((at[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (at[i] & 0x3F);
    }
    *letter = value;
    int is_longer_than_needed = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    return is_longer_than_needed || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : size;
}

/* How many letters there are, and the bits of all; -1: it is no UTF-8. */
static Py_ssize_t count_letters(const unsigned char* bytes, Py_ssize_t size, Py_UCS4* bits) {
    Py_ssize_t count = 0;
    Py_UCS4 letter;
    *bits = 0;
    for (Py_ssize_t i = 0; i < size; ++count) {
        int step = letter_at(bytes + i, size - i, &letter);
        if (!step) return -1;
        *bits |= letter;
        i += step;
    }
    return count;
}

static PyObject* decode_wide(const unsigned char* bytes, Py_ssize_t size, const char* errors) {
    Py_UCS4 bits, letter;
    Py_ssize_t count = count_letters(bytes, size, &bits);
    if (count < 0) return undecodable(errors);
    PyObject* text = PyUnicode_New(count, bits > 0x10FFFF ? 0x10FFFF : bits);
    if (!text) return NULL;
    int width = PyUnicode_KIND(text);
    for (Py_ssize_t i = 0; i < count; ++i) {
        bytes += letter_at(bytes, 4, &letter);
        PyUnicode_WRITE(width, PyUnicode_DATA(text), i, letter);
    }
    return text;
}

/* Bytes that are letters, of which the largest has those bits. */
static PyObject* from_letters(const char* bytes, Py_ssize_t size, unsigned bits) {
    PyObject* text = PyUnicode_New(size, bits);
    if (text) __gnomon_copy(PyUnicode_DATA(text), bytes, (size_t)size);
    return text;
}

PyObject* PyUnicode_DecodeUTF8(const char* bytes, Py_ssize_t size, const char* errors) {
    unsigned bits = all_bits(bytes, size);
    return bits < 0x80 ? from_letters(bytes, size, bits) : decode_wide((const unsigned char*)bytes, size, errors);
}

PyObject* PyUnicode_DecodeASCII(const char* bytes, Py_ssize_t size, const char* errors) {
    unsigned bits = all_bits(bytes, size);
    return bits < 0x80 ? from_letters(bytes, size, bits) : undecodable(errors);
}

PyObject* PyUnicode_DecodeLatin1(const char* bytes, Py_ssize_t size, const char* errors) {
    (void)errors;
    return from_letters(bytes, size, all_bits(bytes, size));
}

enum { UTF_8, ASCII, LATIN_1, OTHER };

static int encoding_of(const char* name) {
    if (!name || !strcasecmp(name, "utf-8") || !strcasecmp(name, "utf8") || !strcasecmp(name, "utf_8")) return UTF_8;
    if (!strcasecmp(name, "ascii") || !strcasecmp(name, "us-ascii")) return ASCII;
    return !strcasecmp(name, "latin-1") || !strcasecmp(name, "latin1") || !strcasecmp(name, "iso-8859-1") ? LATIN_1
                                                                                                          : OTHER;
}

PyObject* PyUnicode_Decode(const char* bytes, Py_ssize_t size, const char* encoding, const char* errors) {
    switch (encoding_of(encoding)) {
        case UTF_8:
            return PyUnicode_DecodeUTF8(bytes, size, errors);
        case ASCII:
            return PyUnicode_DecodeASCII(bytes, size, errors);
        case LATIN_1:
            return PyUnicode_DecodeLatin1(bytes, size, errors);
    }
    __gnomon_not_modelled("an encoding");
    return NULL;
}

PyObject* PyUnicode_FromEncodedObject(PyObject* object, const char* encoding, const char* errors) {
    if (!object) return gnomon_bad_call();
    if (PyBytes_Check(object))
        return PyUnicode_Decode(PyBytes_AS_STRING(object), PyBytes_GET_SIZE(object), encoding, errors);
    if (PyByteArray_Check(object))
        return PyUnicode_Decode(PyByteArray_AS_STRING(object), PyByteArray_GET_SIZE(object), encoding, errors);
    if (!PyUnicode_Check(object) && PyObject_CheckBuffer(object)) __gnomon_not_modelled("a buffer as text");
    return gnomon_raise(PyExc_TypeError);
}

/* The names of files, in a world of UTF-8. */
PyObject* PyUnicode_DecodeFSDefaultAndSize(const char* bytes, Py_ssize_t size) {
    return PyUnicode_DecodeUTF8(bytes, size, "surrogateescape");
}
PyObject* PyUnicode_DecodeFSDefault(const char* bytes) {
    return PyUnicode_DecodeFSDefaultAndSize(bytes, (Py_ssize_t)strlen(bytes));
}
PyObject* PyUnicode_DecodeLocaleAndSize(const char* bytes, Py_ssize_t size, const char* errors) {
    return PyUnicode_DecodeUTF8(bytes, size, errors);
}
PyObject* PyUnicode_DecodeLocale(const char* bytes, const char* errors) {
    return PyUnicode_DecodeUTF8(bytes, (Py_ssize_t)strlen(bytes), errors);
}

static int write_letter(char* to, Py_UCS4 letter) {
    int size = letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    if (!to || size == 1) {
        if (to) *to = (char)letter;
        return size;
    }
    for (int i = size - 1; i > 0; --i, letter >>= 6) to[i] = (char)(0x80 | (letter & 0x3F));
    to[0] = (char)((0xF00u >> size) | letter);
    return size;
}

/* As UTF-8 at `to`, or nowhere; how many bytes that are, or -1: there is a surrogate. */
static Py_ssize_t encode(PyObject* text, char* to) {
    Py_ssize_t size = 0, count = PyUnicode_GET_LENGTH(text);
    int width = PyUnicode_KIND(text);
    for (Py_ssize_t i = 0; i < count; ++i) {
        Py_UCS4 letter = PyUnicode_READ(width, PyUnicode_DATA(text), i);
        if (letter >= 0xD800 && letter <= 0xDFFF) return -1;
        size += write_letter(to ? to + size : NULL, letter);
    }
    return size;
}

/* The UTF-8 of a str that is not ASCII lives as long as the str. */
static const char* cached_utf8(PyCompactUnicodeObject* text, Py_ssize_t* size) {
    if (!text->utf8) {
        *size = encode((PyObject*)text, NULL);
        if (*size < 0) return (char*)gnomon_raise(PyExc_UnicodeEncodeError);
        if (gnomon_allocation_fails()) return (char*)PyErr_NoMemory();
        text->utf8 = gnomon_block((size_t)*size + 1);
        text->utf8_length = encode((PyObject*)text, text->utf8);
    }
    *size = text->utf8_length;
    return text->utf8;
}

const char* PyUnicode_AsUTF8AndSize(PyObject* text, Py_ssize_t* size) {
    Py_ssize_t length = -1;
    const char* bytes = NULL;
    if (!PyUnicode_Check(text)) {
        PyErr_BadArgument();
    } else if (PyUnicode_IS_COMPACT_ASCII(text)) {
        bytes = PyUnicode_DATA(text);
        length = PyUnicode_GET_LENGTH(text);
    } else {
        bytes = cached_utf8((PyCompactUnicodeObject*)text, &length);
    }
    if (size && (bytes || PY_VERSION_HEX >= 0x030D0000)) *size = length;
    return bytes;
}

const char* PyUnicode_AsUTF8(PyObject* text) { return PyUnicode_AsUTF8AndSize(text, NULL); }

static PyObject* as_utf8(PyObject* text, const char* errors) {
    if (PyUnicode_IS_COMPACT_ASCII(text))
        return PyBytes_FromStringAndSize(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text));
    Py_ssize_t size = encode(text, NULL);
    if (size < 0) return unencodable(errors);
    PyObject* bytes = PyBytes_FromStringAndSize(NULL, size);
    if (bytes) encode(text, PyBytes_AS_STRING(bytes));
    return bytes;
}

/* Letters that are bytes. */
static PyObject* as_letters(PyObject* text, Py_UCS4 largest, const char* errors) {
    if (PyUnicode_MAX_CHAR_VALUE(text) > largest) return unencodable(errors);
    return PyBytes_FromStringAndSize(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text));
}

PyObject* PyUnicode_AsEncodedString(PyObject* text, const char* encoding, const char* errors) {
    if (!PyUnicode_Check(text)) {
        PyErr_BadArgument();
        return NULL;
    }
    switch (encoding_of(encoding)) {
        case UTF_8:
            return as_utf8(text, errors);
        case ASCII:
            return as_letters(text, 0x7F, errors);
        case LATIN_1:
            return as_letters(text, 0xFF, errors);
    }
    __gnomon_not_modelled("an encoding");
    return NULL;
}

PyObject* PyUnicode_AsUTF8String(PyObject* text) { return PyUnicode_AsEncodedString(text, "utf-8", NULL); }
PyObject* PyUnicode_AsASCIIString(PyObject* text) { return PyUnicode_AsEncodedString(text, "ascii", NULL); }
PyObject* PyUnicode_AsLatin1String(PyObject* text) { return PyUnicode_AsEncodedString(text, "latin-1", NULL); }
PyObject* PyUnicode_EncodeFSDefault(PyObject* text) {
    return PyUnicode_AsEncodedString(text, "utf-8", "surrogateescape");
}
PyObject* PyUnicode_EncodeLocale(PyObject* text, const char* errors) {
    return PyUnicode_AsEncodedString(text, "utf-8", errors);
}

/* Only str and bytes are paths here: no other type of a model has __fspath__. */
PyObject* PyOS_FSPath(PyObject* path) {
    return PyUnicode_Check(path) || PyBytes_Check(path) ? Py_NewRef(path) : gnomon_raise(PyExc_TypeError);
}

/* For "O&": *place is a new reference, which a call without an object gives up. */
int PyUnicode_FSConverter(PyObject* object, void* place) {
    if (!object) {
        Py_DECREF(*(PyObject**)place);
        *(PyObject**)place = NULL;
        return 1;
    }
    PyObject* path = PyOS_FSPath(object);
    if (!path) return 0;
    PyObject* bytes = PyBytes_Check(path) ? Py_NewRef(path) : PyUnicode_EncodeFSDefault(path);
    Py_DECREF(path);
    if (!bytes) return 0;
    if ((Py_ssize_t)strlen(PyBytes_AS_STRING(bytes)) != PyBytes_GET_SIZE(bytes)) {
        Py_DECREF(bytes);
        gnomon_raise(PyExc_ValueError);
        return 0;
    }
    *(PyObject**)place = bytes;
    return Py_CLEANUP_SUPPORTED;
}
