/* Units of PyArg_ParseTuple that give bytes of other objects, and views of them. */
#include "probe.h"
#include <string.h>

#define PARSED(...) PRINT(PyArg_ParseTuple(args, __VA_ARGS__))

/* Texts of one letter are shared, and not counted by every version. */
static void all(PyObject* object, int is_shared) {
    PyObject* args = PyTuple_Pack(1, object);
    const char* text = "";
    Py_ssize_t size = -1;
    Py_buffer view;
    MARK(object);
    PARSED("s", &text);
    ERROR();
    PARSED("z", &text);
    ERROR();
    PRINT(text ? (long)strlen(text) : -1);
    PARSED("y", &text);
    ERROR();
    PARSED("s#", &text, &size);
    ERROR();
    PRINT(size);
    PARSED("z#", &text, &size);
    ERROR();
    PRINT(size);
    PARSED("y#", &text, &size);
    ERROR();
    PRINT(size);
    if (!is_shared) CHANGED(object);
    if (PyArg_ParseTuple(args, "s*", &view)) {
        if (!is_shared) CHANGED(object);
        PRINT(view.len);
        PRINT(view.obj == object);
        PRINT(view.readonly);
        PyBuffer_Release(&view);
    }
    ERROR();
    if (PyArg_ParseTuple(args, "z*", &view)) {
        PRINT(view.len);
        PRINT(view.buf == NULL);
        PyBuffer_Release(&view);
    }
    ERROR();
    if (PyArg_ParseTuple(args, "y*", &view)) PyBuffer_Release(&view);
    ERROR();
    if (PyArg_ParseTuple(args, "w*", &view)) {
        PRINT(view.readonly);
        PyBuffer_Release(&view);
    }
    ERROR();
    PyObject* pair = PyTuple_Pack(2, object, PyTuple_New(0));
    int number;
    PRINT(PyArg_ParseTuple(pair, "s*i", &view, &number));
    ERROR();
    if (!is_shared) CHANGED(object);
    char c = 0;
    int C = 0;
    PARSED("c", &c);
    ERROR();
    PARSED("C", &C);
    ERROR();
    PRINT(c * 1000 + C);
}

int main(void) {
    start();
    all(PyUnicode_FromString("some text"), 0);
    all(PyUnicode_FromString("x"), 1);
    all(PyUnicode_FromString("\xc3\xa9"), 1);
    all(PyUnicode_FromStringAndSize("a\0b", 3), 0);
    all(PyBytes_FromStringAndSize("a\0b", 3), 0);
    all(PyBytes_FromString("bytes"), 0);
    all(PyBytes_FromString("b"), 1);
    all(PyByteArray_FromStringAndSize("q", 1), 0);
    all(PyByteArray_FromStringAndSize("", 0), 0);
    all(new_thing(), 0);
    PyObject *args = PyTuple_Pack(1, Py_None), *object = NULL;
    const char* text = "";
    Py_ssize_t size = 1;
    Py_buffer view;
    PARSED("z", &text);
    PRINT(text == NULL);
    PARSED("z#", &text, &size);
    PRINT(size);
    PARSED("z*", &view);
    PRINT(view.buf == NULL && view.obj == NULL && view.len == 0);
    PyBuffer_Release(&view);
    PARSED("U", &object);
    ERROR();
    return 0;
}
