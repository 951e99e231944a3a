/* Strings that are taken apart, and kinds of letters. */
#include "probe.h"

static void print_parts(int line, PyObject* parts) {
    Py_ssize_t count = parts ? PySequence_Size(parts) : -1;
    printf("%d: %ld parts\n", line, (long)count);
    print_error(line);
    for (Py_ssize_t i = 0; i < count; ++i) {
        PyObject* part = PySequence_GetItem(parts, i);
        printf("%d: '%s'\n", line, PyUnicode_AsUTF8(part));
        Py_DECREF(part);
    }
    Py_XDECREF(parts);
}
#define PARTS(call) print_parts(__LINE__, call)

static void take_apart(PyObject* text, PyObject* separator) {
    for (Py_ssize_t most = -1; most < 3; ++most) {
        PARTS(PyUnicode_Split(text, separator, most));
        PARTS(PyUnicode_RSplit(text, separator, most));
        PARTS(PyUnicode_Split(text, NULL, most));
        PARTS(PyUnicode_RSplit(text, NULL, most));
    }
    PARTS(PyUnicode_Partition(text, separator));
    PARTS(PyUnicode_RPartition(text, separator));
    PyObject* parts = PyUnicode_Partition(text, separator);
    PyErr_Clear();
    if (!parts) return;
    PRINT(PyTuple_GET_ITEM(parts, 0) == text);
    PRINT(PyTuple_GET_ITEM(parts, 1) == separator);
    Py_DECREF(parts);
}

int main(void) {
    start();
    const char* texts[] = {
        "", "a", ",", "a,b", ",,a,,", " a  b c ", "\t \n", "h\xc3\xa9,h ", "a,\xe2\x82\xac,\xe2\x80\x83z"};
    PyObject* comma = PyUnicode_FromString(",");
    for (int i = 0; i < 9; ++i) {
        PyObject* text = PyUnicode_FromString(texts[i]);
        take_apart(text, comma);
        Py_DECREF(text);
    }
    PyObject *two = PyUnicode_FromString("ab"), *text = PyUnicode_FromString("ababcab"),
             *none = PyUnicode_FromString("");
    take_apart(text, two);
    take_apart(text, none);
    take_apart(text, Py_None);
    PARTS(PyUnicode_Split(Py_None, comma, -1));
    PARTS(PyUnicode_RSplit(Py_None, comma, -1));
    PARTS(PyUnicode_Split(Py_None, NULL, -1));
    PARTS(PyUnicode_Partition(Py_None, comma));
    const char* lines[] = {"", "\n", "a", "a\n", "a\r\nb\rc\n\nd", "\r\n\r", "a\xe2\x80\xa8z\x0b\x1c"};
    for (int i = 0; i < 7; ++i) {
        PyObject* text = PyUnicode_FromString(lines[i]);
        PARTS(PyUnicode_Splitlines(text, 0));
        PARTS(PyUnicode_Splitlines(text, 1));
        Py_DECREF(text);
    }
    PARTS(PyUnicode_Splitlines(Py_None, 0));
    for (Py_UCS4 letter = 0; letter < 0x80; ++letter) {
        PRINT(Py_UNICODE_ISSPACE(letter));
        PRINT(Py_UNICODE_ISALPHA(letter));
        PRINT(Py_UNICODE_ISDIGIT(letter));
        PRINT(Py_UNICODE_ISDECIMAL(letter));
        PRINT(Py_UNICODE_ISNUMERIC(letter));
        PRINT(Py_UNICODE_ISLOWER(letter));
        PRINT(Py_UNICODE_ISUPPER(letter));
        PRINT(Py_UNICODE_ISTITLE(letter));
        PRINT(Py_UNICODE_ISPRINTABLE(letter));
        PRINT(Py_UNICODE_TODIGIT(letter));
        PRINT(Py_UNICODE_TODECIMAL(letter));
        PRINT(Py_UNICODE_TONUMERIC(letter));
        PRINT(Py_UNICODE_TOLOWER(letter));
        PRINT(Py_UNICODE_TOUPPER(letter));
        PRINT(Py_UNICODE_TOTITLE(letter));
    }
    for (Py_UCS4 letter = 0; letter < 0x3100; ++letter)
        if (Py_UNICODE_ISSPACE(letter) || Py_UNICODE_ISLINEBREAK(letter)) {
            PRINT(letter);
            PRINT(Py_UNICODE_ISLINEBREAK(letter));
        }
    return 0;
}
