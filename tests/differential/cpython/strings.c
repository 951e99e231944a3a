/* Strings: how they are made, what is read of them, how they become bytes. */
#include <string.h>

#include "probe.h"

static void print_str(int line, PyObject* text) {
    if (!text) {
        printf("%d: null\n", line);
        print_error(line);
        return;
    }
    printf("%d: str %ld kind %d ascii %d data", line, (long)PyUnicode_GET_LENGTH(text), (int)PyUnicode_KIND(text),
           (int)PyUnicode_IS_ASCII(text));
    for (Py_ssize_t i = 0; i <= PyUnicode_GET_LENGTH(text); ++i) printf(" %x", (unsigned)PyUnicode_READ_CHAR(text, i));
    printf(" most %x\n", (unsigned)PyUnicode_MAX_CHAR_VALUE(text));
    print_error(line);
    Py_DECREF(text);
}
#define STR(call) print_str(__LINE__, call)

static void print_utf8(int line, PyObject* text) {
    Py_ssize_t size = -5;
    const char* bytes = PyUnicode_AsUTF8AndSize(text, &size);
    if (bytes)
        printf("%d: utf8 %ld %s\n", line, (long)size, bytes);
    else
        print_error(line);
    PRINT(PyUnicode_AsUTF8(text) == bytes);
    PyErr_Clear();
    PyObject* encoded[] = {PyUnicode_AsUTF8String(text), NULL, NULL, NULL};
    print_error(line);
    encoded[1] = PyUnicode_AsASCIIString(text);
    print_error(line);
    encoded[2] = PyUnicode_AsLatin1String(text);
    print_error(line);
    encoded[3] = PyUnicode_AsEncodedString(text, NULL, "strict");
    print_error(line);
    for (int i = 0; i < 4; ++i) {
        if (!encoded[i]) continue;
        printf("%d: bytes", line);
        for (Py_ssize_t at = 0; at <= PyBytes_GET_SIZE(encoded[i]); ++at)
            printf(" %x", (unsigned char)PyBytes_AS_STRING(encoded[i])[at]);
        printf("\n");
        Py_DECREF(encoded[i]);
    }
}
#define UTF8(text) print_utf8(__LINE__, text)

static void make(void) {
    static const wchar_t wide[] = {'w', 0x3b1, 0x1f600, 0};
    static const Py_UCS2 two[] = {'a', 0xe9, 0x20ac};
    STR(PyUnicode_FromString(""));
    STR(PyUnicode_FromString("hello"));
    STR(PyUnicode_FromString("h\xc3\xa9llo"));
    STR(PyUnicode_FromString("\xe2\x82\xac!"));
    STR(PyUnicode_FromString("\xf0\x9f\x98\x80"));
    STR(PyUnicode_FromString("\xff"));
    STR(PyUnicode_FromString("\xc3"));
    STR(PyUnicode_FromString("\xed\xa0\x80"));
    STR(PyUnicode_FromString("\xc0\x80"));
    STR(PyUnicode_FromString("\xe0\x80\x80"));
    STR(PyUnicode_FromString("\xf4\x90\x80\x80"));
    STR(PyUnicode_FromStringAndSize("a\0b", 3));
    STR(PyUnicode_FromStringAndSize("abc", -1));
    STR(PyUnicode_FromStringAndSize(NULL, 0));
    STR(PyUnicode_FromStringAndSize(NULL, -1));
    STR(PyUnicode_DecodeASCII("ab\xe9", 3, NULL));
    STR(PyUnicode_DecodeASCII("ab", 2, "strict"));
    STR(PyUnicode_DecodeLatin1("ab\xe9", 3, NULL));
    STR(PyUnicode_Decode("ab\xe9", 3, "latin-1", NULL));
    STR(PyUnicode_Decode("ab\xe9", 3, "utf-8", NULL));
    STR(PyUnicode_Decode("ab\xe9", 3, NULL, "strict"));
    STR(PyUnicode_FromOrdinal('x'));
    STR(PyUnicode_FromOrdinal(0x20ac));
    STR(PyUnicode_FromOrdinal(0xdc80));
    STR(PyUnicode_FromOrdinal(-1));
    STR(PyUnicode_FromOrdinal(0x110000));
    STR(PyUnicode_FromKindAndData(1, "ab\xe9", 3));
    STR(PyUnicode_FromKindAndData(2, two, 3));
    STR(PyUnicode_FromKindAndData(2, two, 2));
    STR(PyUnicode_FromKindAndData(4, wide, 3));
    STR(PyUnicode_FromKindAndData(4, wide, 1));
    STR(PyUnicode_FromKindAndData(1, "", 0));
    STR(PyUnicode_FromKindAndData(3, "abc", 3));
    STR(PyUnicode_FromKindAndData(1, "abc", -3));
    STR(PyUnicode_FromWideChar(wide, -1));
    STR(PyUnicode_FromWideChar(wide, 2));
    STR(PyUnicode_New(0, 1000));
    STR(PyUnicode_New(-1, 10));
    STR(PyUnicode_New(1, 0x110000));
    STR(PyUnicode_InternFromString("interned"));
    STR(PyUnicode_FromEncodedObject(NULL, NULL, NULL));
    PyObject* bytes = PyBytes_FromString("by\xc3\xa9");
    STR(PyUnicode_FromEncodedObject(bytes, NULL, NULL));
    STR(PyUnicode_FromEncodedObject(bytes, "ascii", NULL));
    STR(PyUnicode_FromObject(bytes));
    Py_DECREF(bytes);
}

static void read_text(const char* bytes, Py_ssize_t size) {
    PyObject* text = PyUnicode_FromStringAndSize(bytes, size);
    UTF8(text);
    STR(PyUnicode_Substring(text, 1, 3));
    STR(PyUnicode_Substring(text, 2, 1));
    STR(PyUnicode_Substring(text, 7, 9));
    STR(PyUnicode_Substring(text, -1, 1));
    PRINT(PyUnicode_GetLength(text));
    PRINT(PyUnicode_ReadChar(text, 0));
    ERROR();
    PRINT(PyUnicode_ReadChar(text, 10));
    ERROR();
    PRINT(PyUnicode_ReadChar(text, -1));
    ERROR();
    Py_ssize_t length;
    wchar_t* wide = PyUnicode_AsWideCharString(text, &length);
    PRINT(length);
    PRINT(wide[0]);
    PRINT(wide[length]);
    PyMem_Free(wide);
    wide = PyUnicode_AsWideCharString(text, NULL);
    PRINT(wide != NULL);
    ERROR();
    PyMem_Free(wide);
    wchar_t few[2] = {7, 7};
    PRINT(PyUnicode_AsWideChar(text, few, 2));
    PRINT(PyUnicode_AsWideChar(text, NULL, 2));
    PRINT(few[1]);
    PyObject* same = PyUnicode_Substring(text, 0, 100);
    PRINT(same == text);
    Py_DECREF(same);
    Py_DECREF(text);
}

static void refuse(PyObject* thing) {
    PRINT(PyUnicode_AsUTF8(thing) == NULL);
    ERROR();
    Py_ssize_t size = 5;
    PRINT(PyUnicode_AsUTF8AndSize(thing, &size) == NULL);
    PRINT(size);
    ERROR();
    PRINT(PyUnicode_AsUTF8String(thing) == NULL);
    ERROR();
    PRINT(PyUnicode_AsEncodedString(thing, "utf-8", NULL) == NULL);
    ERROR();
    PRINT(PyUnicode_GetLength(thing));
    ERROR();
    PRINT(PyUnicode_ReadChar(thing, 0));
    ERROR();
    PRINT(PyUnicode_WriteChar(thing, 0, 'a'));
    ERROR();
    PRINT(PyUnicode_AsWideCharString(thing, NULL) == NULL);
    ERROR();
    PRINT(PyUnicode_AsWideCharString(NULL, NULL) == NULL);
    ERROR();
    PRINT(PyUnicode_AsWideChar(thing, NULL, 0));
    ERROR();
    STR(PyUnicode_FromObject(thing));
    STR(PyUnicode_FromEncodedObject(thing, NULL, NULL));
}

static void change(void) {
    PyObject* text = PyUnicode_New(3, 127);
    for (int i = 0; i < 3; ++i) PRINT(PyUnicode_WriteChar(text, i, 'a' + i));
    PRINT(PyUnicode_WriteChar(text, 3, 'a'));
    ERROR();
    PRINT(PyUnicode_WriteChar(text, 0, 0xe9));
    ERROR();
    Py_INCREF(text);
    PRINT(PyUnicode_WriteChar(text, 0, 'z'));
    ERROR();
    PRINT(PyUnicode_Fill(text, 0, 1, 'z'));
    ERROR();
    Py_DECREF(text);
    PRINT(PyUnicode_Fill(text, 1, 10, 'z'));
    PRINT(PyUnicode_Fill(text, 1, 10, 0x100));
    ERROR();
    PyObject* wide = PyUnicode_New(4, 0x20ac);
    PRINT(PyUnicode_CopyCharacters(wide, 1, text, 0, 3));
    PRINT(PyUnicode_WriteChar(wide, 0, 0x20ac));
    PRINT(PyUnicode_CopyCharacters(text, 0, wide, 0, 1));
    ERROR();
    PRINT(PyUnicode_CopyCharacters(text, 0, wide, 1, 2));
    PRINT(PyUnicode_CopyCharacters(text, 0, wide, 5, 2));
    ERROR();
    PRINT(PyUnicode_CopyCharacters(text, 2, wide, 1, 2));
    ERROR();
    PRINT(PyUnicode_CopyCharacters(text, 2, wide, 1, -2));
    ERROR();
    PRINT(PyUnicode_Resize(&wide, 2));
    Py_INCREF(wide);
    STR(wide);
    PRINT(PyUnicode_Resize(&wide, -2));
    ERROR();
    PRINT(PyUnicode_Resize(NULL, 2));
    ERROR();
    STR(wide);
    PRINT(PyUnicode_Resize(&text, 2));
    STR(text);
}

int main(void) {
    start();
    make();
    read_text("hello", 5);
    read_text("h\xc3\xa9llo", 6);
    read_text("\xe2\x82\xac!abc", 7);
    read_text("\xf0\x9f\x98\x80xyz", 7);
    read_text("a\0b", 3);
    PyObject* lone = PyUnicode_FromOrdinal(0xdc80);
    UTF8(lone);
    Py_DECREF(lone);
    PyObject* thing = new_thing();
    MARK(thing);
    refuse(thing);
    CHANGED(thing);
    change();
    return 0;
}
