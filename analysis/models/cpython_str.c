/* str: its layout, how strings are made and what C code reads of them. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#include "cpython.h"

extern PySequenceMethods gnomon_str_as_sequence; /* cpython_str_operations.c */
extern PyMappingMethods gnomon_str_as_mapping;
extern PyNumberMethods gnomon_str_as_number;

static void str_dealloc(PyObject* object) {
    if (!PyUnicode_IS_COMPACT_ASCII(object) && ((PyCompactUnicodeObject*)object)->utf8)
        __gnomon_release(((PyCompactUnicodeObject*)object)->utf8);
    gnomon_free(object);
}

static Py_hash_t str_hash(PyObject* text) {
    (void)text;
    return __gnomon_unknown();
}

static PyObject* str_repr(PyObject* text) {
    (void)text;
    return gnomon_some_str();
}

static PyObject* itself(PyObject* text) { return PyUnicode_FromObject(text); }

static PyObject* str_new(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    if (type != &PyUnicode_Type || kwds || PyTuple_GET_SIZE(args) > 1) __gnomon_not_modelled("str() of this");
    return PyTuple_GET_SIZE(args) ? PyObject_Str(PyTuple_GET_ITEM(args, 0)) : PyUnicode_New(0, 0);
}

PyTypeObject PyUnicode_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "str",
    .tp_basicsize = sizeof(PyUnicodeObject),
    .tp_dealloc = str_dealloc,
    .tp_repr = str_repr,
    .tp_as_number = &gnomon_str_as_number,
    .tp_as_sequence = &gnomon_str_as_sequence,
    .tp_as_mapping = &gnomon_str_as_mapping,
    .tp_hash = str_hash,
    .tp_str = itself,
    .tp_richcompare = PyUnicode_RichCompare,
    .tp_iter = PySeqIter_New,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_UNICODE_SUBCLASS | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_new = str_new,
    .tp_free = PyObject_Free,
};

static size_t head_size(Py_UCS4 largest) {
    return largest < 0x80 ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject);
}
static int width_of(Py_UCS4 largest) { return largest < 0x100 ? 1 : largest < 0x10000 ? 2 : 4; }

static size_t size_of(Py_ssize_t length, Py_UCS4 largest) {
    return head_size(largest) + ((size_t)length + 1) * (size_t)width_of(largest);
}

/* What stands before the letters; they are the caller's business, but for the NUL behind them. */
static PyObject* become_str(void* block, Py_ssize_t length, Py_UCS4 largest) {
    int width = width_of(largest);
    PyASCIIObject* text = gnomon_become(block, &PyUnicode_Type);
    __gnomon_typed((PyUnicodeObject*)text);
    text->length = length;
    text->hash = -1;
    text->state.kind = (unsigned)width;
    text->state.compact = 1;
    text->state.ascii = largest < 0x80;
#if PY_VERSION_HEX < 0x030C0000
    text->state.ready = 1;
#endif
    PyUnicode_WRITE(width, PyUnicode_DATA(text), length, 0);
    __gnomon_shared(text, (length <= 1) & (largest < 0x100));
    return (PyObject*)text;
}

PyObject* PyUnicode_New(Py_ssize_t length, Py_UCS4 largest) {
    if (length < 0 || largest > 0x10FFFF) return gnomon_raise(PyExc_SystemError);
    if (length == 0) largest = 0;
    if (length > PY_SSIZE_T_MAX / 8) return PyErr_NoMemory();
    if (length && gnomon_allocation_fails()) {
        __gnomon_assume((length > 1) | (largest > 0xFF)); /* single letters are there already */
        return PyErr_NoMemory();
    }
    void* block = __gnomon_allocate(size_of(length, largest));
    __gnomon_fill(block, 0, head_size(largest));
    return become_str(block, length, largest);
}

/* Any string: of ASCII; or one of a few others, of which the last has no UTF-8. */
void* gnomon_become_str(void* block, long id) {
    static const Py_UCS4 others[] = {0xE9, 0x394, 0x1F600, 0xDC80};
    int kind = __gnomon_choose_int_as(id, "kind of text", 0, 4);
    if (kind > 0) {
        Py_UCS4 letter = others[kind - 1];
        __gnomon_resize(block, size_of(1, letter));
        PyObject* text = become_str(block, 1, letter);
        PyUnicode_WRITE(width_of(letter), PyUnicode_DATA(text), 0, letter);
        return text;
    }
    char* letters = __gnomon_choose_ascii_as(id, "text", "", LONGEST_ANY_TEXT);
    size_t length = __gnomon_object_size(letters);
    __gnomon_resize(block, size_of((Py_ssize_t)length, 0));
    PyObject* text = become_str(block, (Py_ssize_t)length, 0);
    __gnomon_copy(PyUnicode_DATA(text), letters, length);
    return text;
}

/* Its length and its one letter are anybody's guess. */
PyObject* gnomon_some_str(void) {
    PyObject* text = PyUnicode_New(1, 0x7F);
    if (!text) return NULL;
    __gnomon_shared(text, 0);
    *(char*)PyUnicode_DATA(text) = (char)__gnomon_unknown();
    ((PyASCIIObject*)text)->length = __gnomon_unknown();
    return text;
}

/* A value at least as large as each letter, and of the same size as the largest. */
static Py_UCS4 largest_of(int width, const void* letters, Py_ssize_t count) {
    Py_UCS4 all = 0;
    for (Py_ssize_t i = 0; i < count; ++i) all |= PyUnicode_READ(width, letters, i);
    return all > 0x10FFFF ? 0x10FFFF : all;
}

void gnomon_copy_text(PyObject* to, Py_ssize_t at, PyObject* from, Py_ssize_t start, Py_ssize_t count) {
    int width = PyUnicode_KIND(to), from_width = PyUnicode_KIND(from);
    char *target = PyUnicode_DATA(to), *source = PyUnicode_DATA(from);
    if (width == from_width) {
        __gnomon_copy(target + at * width, source + start * width, (size_t)(count * width));
        return;
    }
    for (Py_ssize_t i = 0; i < count; ++i)
        PyUnicode_WRITE(width, target, at + i, PyUnicode_READ(from_width, source, start + i));
}

PyObject* PyUnicode_FromKindAndData(int width, const void* letters, Py_ssize_t count) {
    if (count < 0) return gnomon_raise(PyExc_ValueError);
    if (width != 1 && width != 2 && width != 4) return gnomon_raise(PyExc_SystemError);
    PyObject* text = PyUnicode_New(count, largest_of(width, letters, count));
    if (!text) return NULL;
    int own_width = PyUnicode_KIND(text);
    if (own_width == width) {
        __gnomon_copy(PyUnicode_DATA(text), letters, (size_t)(count * width));
        return text;
    }
    void* target = PyUnicode_DATA(text);
    for (Py_ssize_t i = 0; i < count; ++i) PyUnicode_WRITE(own_width, target, i, PyUnicode_READ(width, letters, i));
    return text;
}

PyObject* PyUnicode_FromOrdinal(int letter) {
    if (letter < 0 || letter > 0x10FFFF) return gnomon_raise(PyExc_ValueError);
    PyObject* text = PyUnicode_New(1, (Py_UCS4)letter);
    if (text) PyUnicode_WRITE(PyUnicode_KIND(text), PyUnicode_DATA(text), 0, (Py_UCS4)letter);
    return text;
}

PyObject* PyUnicode_FromStringAndSize(const char* text, Py_ssize_t size) {
    if (size < 0) return gnomon_raise(PyExc_SystemError);
    if (text) return PyUnicode_DecodeUTF8(text, size, NULL);
#if PY_VERSION_HEX >= 0x030C0000
    return size ? gnomon_raise(PyExc_SystemError) : PyUnicode_New(0, 0);
#else
    if (size) __gnomon_not_modelled("a str that is not ready");
    return PyUnicode_New(0, 0);
#endif
}

PyObject* PyUnicode_FromString(const char* text) { return PyUnicode_DecodeUTF8(text, (Py_ssize_t)strlen(text), NULL); }
PyObject* PyUnicode_InternFromString(const char* text) { return PyUnicode_FromString(text); }
void PyUnicode_InternInPlace(PyObject** text) { (void)text; }

PyObject* PyUnicode_FromWideChar(const wchar_t* text, Py_ssize_t size) {
    if (!text && size) return gnomon_raise(PyExc_SystemError);
    return PyUnicode_FromKindAndData(4, text, size == -1 ? (Py_ssize_t)wcslen(text) : size);
}

PyObject* PyUnicode_FromFormatV(const char* format, va_list arguments) {
    (void)format, (void)arguments;
    return gnomon_some_str();
}

PyObject* PyUnicode_FromObject(PyObject* object) {
    if (PyUnicode_CheckExact(object)) return Py_NewRef(object);
    if (!PyUnicode_Check(object)) return gnomon_raise(PyExc_TypeError);
    return PyUnicode_FromKindAndData(PyUnicode_KIND(object), PyUnicode_DATA(object), PyUnicode_GET_LENGTH(object));
}

Py_ssize_t PyUnicode_GetLength(PyObject* text) {
    if (!PyUnicode_Check(text)) return PyErr_BadArgument(), -1;
    return PyUnicode_GET_LENGTH(text);
}

static int is_within(PyObject* text, Py_ssize_t index) {
    if (index >= 0 && index < PyUnicode_GET_LENGTH(text)) return 1;
    gnomon_raise(PyExc_IndexError);
    return 0;
}

Py_UCS4 PyUnicode_ReadChar(PyObject* text, Py_ssize_t index) {
    if (!PyUnicode_Check(text)) return PyErr_BadArgument(), (Py_UCS4)-1;
    return is_within(text, index) ? PyUnicode_READ_CHAR(text, index) : (Py_UCS4)-1;
}

/* Nobody else may know a str that changes. */
static int may_change(PyObject* text) {
    if (Py_REFCNT(text) == 1 && PyUnicode_CheckExact(text)) return 1;
    gnomon_raise(PyExc_SystemError);
    return 0;
}

int PyUnicode_WriteChar(PyObject* text, Py_ssize_t index, Py_UCS4 letter) {
    if (!PyUnicode_Check(text)) return PyErr_BadArgument(), -1;
    if (!is_within(text, index) || !may_change(text)) return -1;
    if (letter > PyUnicode_MAX_CHAR_VALUE(text)) return gnomon_fail(PyExc_ValueError);
    PyUnicode_WRITE(PyUnicode_KIND(text), PyUnicode_DATA(text), index, letter);
    return 0;
}

Py_ssize_t PyUnicode_CopyCharacters(PyObject* to, Py_ssize_t at, PyObject* from, Py_ssize_t start, Py_ssize_t count) {
    if (!PyUnicode_Check(from) || !PyUnicode_Check(to)) return gnomon_bad_call(), -1;
    Py_ssize_t room = PyUnicode_GET_LENGTH(to), length = PyUnicode_GET_LENGTH(from);
    if (start < 0 || start > length || at < 0 || at > room) return gnomon_fail(PyExc_IndexError);
    if (count < 0) return gnomon_fail(PyExc_SystemError);
    if (count > length - start) count = length - start;
    if (count > room - at) return gnomon_fail(PyExc_SystemError);
    if (count == 0) return 0;
    if (!may_change(to)) return -1;
    Py_UCS4 most = PyUnicode_MAX_CHAR_VALUE(to);
    if (PyUnicode_MAX_CHAR_VALUE(from) > most &&
        largest_of(PyUnicode_KIND(from), (char*)PyUnicode_DATA(from) + start * PyUnicode_KIND(from), count) > most)
        return gnomon_fail(PyExc_SystemError);
    gnomon_copy_text(to, at, from, start, count);
    return count;
}

Py_ssize_t PyUnicode_Fill(PyObject* text, Py_ssize_t start, Py_ssize_t count, Py_UCS4 letter) {
    if (!PyUnicode_Check(text)) return gnomon_bad_call(), -1;
    if (!may_change(text)) return -1;
    if (letter > PyUnicode_MAX_CHAR_VALUE(text)) return gnomon_fail(PyExc_ValueError);
    if (start < 0) return gnomon_fail(PyExc_IndexError);
    if (count > PyUnicode_GET_LENGTH(text) - start) count = PyUnicode_GET_LENGTH(text) - start;
    for (Py_ssize_t i = 0; i < count; ++i)
        PyUnicode_WRITE(PyUnicode_KIND(text), PyUnicode_DATA(text), start + i, letter);
    return count > 0 ? count : 0;
}

int PyUnicode_Resize(PyObject** place, Py_ssize_t length) {
    PyObject* old = place ? *place : NULL;
    if (!old || !PyUnicode_Check(old) || length < 0) return gnomon_bad_call(), -1;
    Py_ssize_t old_length = PyUnicode_GET_LENGTH(old);
    if (length == old_length) return 0;
    PyObject* text = PyUnicode_New(length, PyUnicode_MAX_CHAR_VALUE(old));
    if (!text) return -1;
    if (length) gnomon_copy_text(text, 0, old, 0, length < old_length ? length : old_length);
    *place = text;
    Py_DECREF(old);
    return 0;
}

/* Each letter as four bytes. */
static void spread(PyObject* text, Py_UCS4* to, Py_ssize_t count) {
    int width = PyUnicode_KIND(text);
    for (Py_ssize_t i = 0; i < count; ++i) to[i] = PyUnicode_READ(width, PyUnicode_DATA(text), i);
}

Py_UCS4* PyUnicode_AsUCS4(PyObject* text, Py_UCS4* to, Py_ssize_t room, int with_nul) {
    if (!to || room < 0) return (void*)gnomon_bad_call();
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (room < length + (with_nul != 0)) return (void*)gnomon_raise(PyExc_SystemError);
    spread(text, to, length + (with_nul != 0));
    return to;
}

wchar_t* PyUnicode_AsWideCharString(PyObject* text, Py_ssize_t* size) {
    if (!text) return (void*)gnomon_bad_call();
    if (!PyUnicode_Check(text)) return PyErr_BadArgument(), NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    wchar_t* wide = PyMem_Malloc(((size_t)length + 1) * sizeof(wchar_t));
    if (!wide) return (void*)PyErr_NoMemory();
    spread(text, (Py_UCS4*)wide, length + 1);
    if (!size && (Py_ssize_t)wcslen(wide) != length) {
        PyMem_Free(wide);
        return (void*)gnomon_raise(PyExc_ValueError);
    }
    if (size) *size = length;
    return wide;
}

Py_ssize_t PyUnicode_AsWideChar(PyObject* text, wchar_t* to, Py_ssize_t room) {
    if (!text) return gnomon_bad_call(), -1;
    if (!PyUnicode_Check(text)) return PyErr_BadArgument(), -1;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (!to) return length + 1;
    spread(text, (Py_UCS4*)to, room > length ? length + 1 : room);
    return room > length ? length : room;
}

int _PyUnicode_Ready(PyObject* text) {
    (void)text;
    return 0;
}
