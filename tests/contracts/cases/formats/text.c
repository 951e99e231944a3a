#include <Python.h>
#include <stdbool.h>

void wrong(PyObject *object, size_t size, int number, double real, char letter) {
    PyErr_Format(PyExc_ValueError, "%zd", number);  //~ error[contract.format]: `%zd` of `PyErr_Format` takes `size_t`, and `number` is `int`: 8 bytes are read, and it has 4
    PyErr_Format(PyExc_ValueError, "%d", size);  //~ error[contract.format]: only 4 of its 8 bytes are read
    PyErr_Format(PyExc_ValueError, "%s", object);  //~ error[contract.format]: takes `const char *`, and `object` is `PyObject *`
    PyErr_Format(PyExc_ValueError, "%s", letter);  //~ error[contract.format]: takes `const char *`, and `letter` is `int`
    PyErr_Format(PyExc_ValueError, "%R", "text");  //~ error[contract.format]: takes `PyObject *`
    PyErr_Format(PyExc_ValueError, "%s and %s", "one");  //~ error[contract.format]: takes 2 arguments, and 1 follow
    PyErr_Format(PyExc_ValueError, "none", number);  //~ error[contract.format]: takes 0 arguments, and 1 follow
    PyErr_Format(PyExc_ValueError, "%f", real);  //~ error[contract.format]: has `%f`, which is no conversion
    PyErr_Format(PyExc_ValueError, "%5.2lf", real);  //~ error[contract.format]: has `%5.2lf`, which is no conversion
    PyErr_Format(PyExc_ValueError, "%hd", number);  //~ error[contract.format]: has `%hd`
    PyErr_WarnFormat(PyExc_UserWarning, 1, "%V", object);  //~ error[contract.format]: takes 2 arguments, and 1 follow
    PyUnicode_FromFormat("%c", "x");  //~ error[contract.format]: takes `int`
    PyBytes_FromFormat("%R", object);  //~ error[contract.format]: is copied as it stands
}

void right(PyObject *object, size_t size, int number, long wide, char letter, const wchar_t *letters, void *address) {
    PyErr_Format(PyExc_ValueError, "%zd %zu %ld %li %lld %% %i", size, size, wide, wide, wide, number);
    PyErr_Format(PyExc_ValueError, "%c%-5d%05x", letter, letter, number);
    PyErr_Format(PyExc_ValueError, "%.200s: %R, %S, %A, %U", "text", object, object, object, object);
    PyErr_Format(PyExc_ValueError, "%V", object, "text");
    PyErr_Format(PyExc_ValueError, "%p %ls", address, letters);
    PyErr_Format(PyExc_ValueError, "100%", 1);
    PyErr_Format(PyExc_ValueError, "%T %N", object, Py_TYPE(object));
    PyErr_Format(PyExc_ValueError, size ? "%d" : "%s", object);
    PyErr_Format(PyExc_ValueError, "% of it", 1);
    PyUnicode_FromFormat("%.*s", number, "text");
    PyBytes_FromFormat("%s %d %zd", "text", number, size);
}

void printed(PyObject *object, size_t size, int number, double real, long double longer, char *buffer, unsigned char byte) {
    PyOS_snprintf(buffer, 9, "%d %5.*f%%", number, number, real);
    PyOS_snprintf(buffer, 9, "%zu %s %p %hhx %Lg %'d", size, buffer, (void *)object, byte, longer, number);
    PySys_WriteStderr("%ld %lc %ls", (long)size, L'a', L"b");
    PySys_WriteStdout("%y %d", object, size);
    PyOS_snprintf(buffer, 9, "%d", size);  //~ warning[contract.format]: only 4 of its 8 bytes are read
    PyOS_snprintf(buffer, 9, "%s", object);  //~ error[contract.format]: takes `const char *`, and `object` is `PyObject *`
    PySys_WriteStderr("%f", number);  //~ error[contract.format]: `%f` of `PySys_WriteStderr` takes `double`
    PySys_WriteStdout("%s %s", buffer);  //~ error[contract.format]: takes 2 arguments, and 1 follow
}
