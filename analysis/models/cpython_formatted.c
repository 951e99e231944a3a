/* What PyErr_Format, PyUnicode_FromFormat and their like do. The text that they make is unknown; what they read to make
 * it, the frontend reads before the call, where the format is a literal. */
#include <string.h>

#include "cpython.h"

/* %s: at most `most` letters. */
void gnomon_format_text(const char* text, size_t most) {
    (void)(most > PY_SSIZE_T_MAX ? strlen(text) : strnlen(text, most));
}

static int is_refused; /* an object could not say what it is */

static int take_refusal(void) {
    int was_refused = is_refused;
    is_refused = 0;
    return was_refused;
}

/* %S, %R, %A, and %U, %V, which take a string as it is. */
void gnomon_format_object(PyObject* object, int conversion) {
    PyObject* text;
    switch (conversion) {
        case 'S':
            text = PyObject_Str(object);
            break;
        case 'R':
            text = PyObject_Repr(object);
            break;
        case 'A':
            text = PyObject_ASCII(object);
            break;
        default:
            if (object) (void)PyUnicode_GetLength(object);
            return;
    }
    if (!text) is_refused = 1;
    Py_XDECREF(text);
}

PyObject* PyUnicode_FromFormat(const char* format, ...) {
    (void)format;
    return take_refusal() ? NULL : gnomon_some_str();
}

PyObject* PyBytes_FromFormat(const char* format, ...) {
    (void)format;
    return take_refusal() ? NULL : gnomon_some_bytes();
}

PyObject* PyErr_Format(PyObject* exception, const char* format, ...) {
    (void)format;
    if (!take_refusal()) PyErr_SetObject(exception, NULL);
    return NULL;
}

int PyErr_WarnFormat(PyObject* category, Py_ssize_t level, const char* format, ...) {
    return take_refusal() ? -1 : PyErr_WarnEx(category, format, level);
}

void PySys_WriteStdout(const char* format, ...) { (void)format; }
void PySys_WriteStderr(const char* format, ...) { (void)format; }
void PySys_FormatStdout(const char* format, ...) {
    (void)format;
    if (take_refusal()) gnomon_clear();
}
void PySys_FormatStderr(const char* format, ...) {
    (void)format;
    if (take_refusal()) gnomon_clear();
}
