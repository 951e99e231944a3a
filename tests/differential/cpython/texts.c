/* Strings that are put together, compared and searched. */
#include <string.h>

#include "probe.h"

static void print_str(int line, PyObject* text) {
    if (!text)
        printf("%d: null\n", line);
    else
        printf("%d: %s %ld\n", line, PyUnicode_AsUTF8(text), (long)PyUnicode_GET_LENGTH(text));
    print_error(line);
    Py_XDECREF(text);
}
#define STR(call) print_str(__LINE__, call)

static int sign(long number) { return (number > 0) - (number < 0); }

static void compare(PyObject* left, PyObject* right) {
    PRINT(sign(PyUnicode_Compare(left, right)));
    for (int operation = 0; operation < 6; ++operation) {
        PyObject* answer = PyUnicode_RichCompare(left, right, operation);
        PRINT(answer == Py_True);
        Py_DECREF(answer);
    }
    PRINT(PyUnicode_Contains(left, right));
    PRINT(PyUnicode_Find(left, right, 0, 100, 1));
    PRINT(PyUnicode_Find(left, right, 0, 100, -1));
    PRINT(PyUnicode_Find(left, right, 1, -1, 1));
    PRINT(PyUnicode_Find(left, right, -3, 100, 1));
    PRINT(PyUnicode_Find(left, right, 50, 100, 1));
    PRINT(PyUnicode_Count(left, right, 0, 100));
    PRINT(PyUnicode_Tailmatch(left, right, 0, 100, 1));
    PRINT(PyUnicode_Tailmatch(left, right, 0, 100, -1));
    STR(PyUnicode_Concat(left, right));
}

int main(void) {
    start();
    const char* texts[] = {"",
                           "a",
                           "abcabc",
                           "bc",
                           "abd",
                           "h\xc3\xa9h",
                           "\xc3\xa9",
                           "\xe2\x82\xac"
                           "bc"};
    PyObject* made[8];
    for (int i = 0; i < 8; ++i) made[i] = PyUnicode_FromString(texts[i]);
    for (int i = 0; i < 8; ++i) {
        for (int j = 0; j < 8; ++j) compare(made[i], made[j]);
        PRINT(sign(PyUnicode_CompareWithASCIIString(made[i], "abcabc")));
        PRINT(sign(PyUnicode_CompareWithASCIIString(made[i], "ab")));
        PRINT(PyUnicode_FindChar(made[i], 'c', 0, 100, 1));
        PRINT(PyUnicode_FindChar(made[i], 'c', 0, 100, -1));
        PRINT(PyUnicode_FindChar(made[i], 'c', -1, 100, -1));
        ERROR();
#if PY_VERSION_HEX >= 0x030D0000
        PRINT(PyUnicode_EqualToUTF8(made[i], "abd"));
        PRINT(PyUnicode_EqualToUTF8(made[i], "\xc3\xa9"));
#endif
    }
    for (int i = 0; i < 5; ++i) PRINT(PyUnicode_IsIdentifier(made[i]));
    PyObject* thing = new_thing();
    PRINT(PyUnicode_Compare(made[0], thing));
    ERROR();
    PRINT(PyUnicode_Contains(made[0], thing));
    ERROR();
    PRINT(PyUnicode_Contains(thing, made[0]));
    ERROR();
    PRINT(PyUnicode_Find(thing, made[0], 0, 1, 1));
    ERROR();
    PRINT(PyUnicode_Count(thing, made[0], 0, 1));
    ERROR();
    PRINT(PyUnicode_Tailmatch(thing, made[0], 0, 1, 1));
    ERROR();
    PRINT(PyUnicode_RichCompare(thing, made[0], Py_EQ) == Py_NotImplemented);
    STR(PyUnicode_Concat(thing, made[0]));
    STR(PyUnicode_Concat(made[0], thing));
    STR(PyUnicode_Format(NULL, thing));
    STR(PyUnicode_Format(made[0], NULL));
    STR(PyUnicode_Format(thing, made[0]));
    STR(PyUnicode_Replace(thing, made[0], made[0], -1));

    PyObject* sum = PyUnicode_FromString("one");
    PyUnicode_Append(&sum, made[1]);
    PyUnicode_AppendAndDel(&sum, PyUnicode_FromString(" two"));
    Py_INCREF(sum);
    STR(sum);
    MARK(thing);
    PyUnicode_Append(&sum, thing);
    PRINT(sum == NULL);
    ERROR();
    PyUnicode_Append(&sum, made[1]);
    PRINT(sum == NULL);
    ERROR();
    sum = PyUnicode_FromString("one");
    PyUnicode_AppendAndDel(&sum, NULL);
    PRINT(sum == NULL);
    ERROR();
    PyUnicode_Append(NULL, made[1]);
    ERROR();
    CHANGED(thing);

    PyObject* list = PyList_New(3);
    for (int i = 0; i < 3; ++i) PyList_SET_ITEM(list, i, PyUnicode_FromString(texts[i + 1]));
    STR(PyUnicode_Join(made[6], list));
    STR(PyUnicode_Join(made[0], list));
    STR(PyUnicode_Join(NULL, list));
    STR(PyUnicode_Join(thing, list));
    STR(PyUnicode_Join(made[1], thing));
    PyList_SetItem(list, 1, Py_NewRef(thing));
    STR(PyUnicode_Join(made[1], list));
    PyObject* empty = PyList_New(0);
    STR(PyUnicode_Join(made[1], empty));
    CHANGED(thing);
    return 0;
}
