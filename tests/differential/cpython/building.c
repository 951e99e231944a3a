/* Py_BuildValue and calls whose arguments are built like it. */
#include "probe.h"

static PyObject *made, *no_object;
static const char* no_text;
#define MADE(...) PRINT((made = Py_BuildValue(__VA_ARGS__)) != NULL)
#define ITEM(index) PyLong_AsLong(PyTuple_GetItem(made, index))

static PyObject* convert(void* number) { return PyLong_FromLong(*(int*)number); }
static PyObject* fail(void* nothing) {
    (void)nothing;
    PyErr_SetNone(PyExc_KeyError);
    return NULL;
}

static void numbers(void) {
    MADE("");
    PRINT(made == Py_None);
    MADE("i", -5);
    PRINT(PyLong_AsLong(made));
    MADE("(i)", 5);
    PRINT(ITEM(0));
    MADE("bhHiIlkLKn", 1, -2, 65535, -3, 4000000000U, -5L, 6UL, -7LL, 8ULL, (Py_ssize_t)9);
    for (int i = 0; i < 10; ++i) PRINT(ITEM(i));
    MADE("df", 2.5, 0.5f);
    PRINT(PyFloat_AsDouble(PyTuple_GetItem(made, 0)) * 4 + PyFloat_AsDouble(PyTuple_GetItem(made, 1)) * 2);
    MADE("[i,i]", 1, 2);
    PRINT(PyList_Size(made));
    MADE("()");
    PRINT(PyTuple_Size(made));
    MADE("{i:i, i:(ii)}", 1, 2, 3, 4, 5);
    PRINT(PyDict_Size(made));
    MADE("{}");
    PRINT(PyDict_Size(made));
    int number = 12;
    MADE("O&i", convert, &number, 3);
    PRINT(ITEM(0));
}

static void texts(void) {
    MADE("s", "text");
    PRINT(PyUnicode_GetLength(made));
    MADE("s#", "text", (Py_ssize_t)2);
    PRINT(PyUnicode_GetLength(made));
    MADE("z", no_text);
    PRINT(made == Py_None);
    MADE("y", "bytes");
    PRINT(PyBytes_Size(made));
    MADE("y#", "a\0b", (Py_ssize_t)3);
    PRINT(PyBytes_Size(made));
    MADE("c", 'x');
    PRINT(PyBytes_Size(made));
    MADE("C", 0xe9);
    PRINT(PyUnicode_GetLength(made));
    MADE("s", "\xff");
    ERROR();
}

static void references(void) {
    PyObject* thing = new_thing();
    MARK(thing);
    MADE("O", thing);
    CHANGED(thing);
    Py_INCREF(thing);
    MADE("(NO)", thing, thing);
    CHANGED(thing);
    Py_DECREF(made);
    CHANGED(thing);
    Py_INCREF(thing);
    MADE("[ONO]", thing, thing, no_object);
    ERROR();
    CHANGED(thing);
    MADE("(OO&O)", thing, fail, no_object, thing);
    ERROR();
    CHANGED(thing);
    MADE("O", no_object);
    ERROR();
    PyErr_SetNone(PyExc_KeyError);
    MADE("N", no_object);
    ERROR();
    PyErr_SetNone(PyExc_KeyError);
    MADE("(Oi)", no_object, 1);
    ERROR();
}

int main(void) {
    start();
    numbers();
    texts();
    references();
    PyObject* text = PyUnicode_FromString("text");
    char unterminated[] = {'a', 'b', 'c'};
    made = PyErr_Format(PyExc_ValueError, "%s %d %.3s %S", "x", 1, unterminated, text);
    PRINT(made == NULL);
    ERROR();
    made = PyUnicode_FromFormat("%S %.2s %V", text, unterminated, no_object, "x");
    PRINT(PyUnicode_Check(made));
    PRINT(!PyObject_CallFunction(no_object, "i", 1));
    ERROR();
    return 0;
}
