/* What PyArg_ParseTuple and its kin do for each unit of a format, as getargs.c has it. The frontend calls these, where
 * the format is a literal: 0 says that an exception is set. */
#include <limits.h>
#include <string.h>

#include "cpython.h"

static int fail(PyObject* type) {
    gnomon_raise(type);
    return 0;
}

/* A unit that failed without saying why. */
static int refuse(PyObject* type) { return gnomon_is_raised() ? 0 : fail(type); }

int gnomon_parse_begin(PyObject* args, int minimum, int maximum) {
    if (!PyTuple_Check(args)) return fail(PyExc_SystemError);
    Py_ssize_t size = PyTuple_GET_SIZE(args);
    return size < minimum || size > maximum ? fail(PyExc_TypeError) : 1;
}

/* Borrowed; null where it is not given. */
PyObject* gnomon_parse_item(PyObject* args, int index) {
    return index < PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, index) : NULL;
}

int gnomon_parse_given(PyObject* item) { return item ? 1 : refuse(PyExc_TypeError); }

/* Keywords. Names that are empty are of parameters which have none. */
static int is_named(char** names, Py_ssize_t index) { return names[index][0] != 0; }

static PyObject* by_name(PyObject* keywords, char** names, Py_ssize_t index) {
    return is_named(names, index) ? PyDict_GetItemString(keywords, names[index]) : NULL;
}

static Py_ssize_t given_by_name(PyObject* keywords) { return keywords ? PyDict_Size(keywords) : 0; }

int gnomon_parse_begin_keywords(PyObject* args, PyObject* keywords, char** names, int units) {
    if (!args || !PyTuple_Check(args) || (keywords && !PyDict_Check(keywords)) || !names)
        return fail(PyExc_SystemError);
    int count = 0;
    while (names[count]) ++count;
    if (count != units) __gnomon_not_modelled("a list of keywords that does not fit its format");
    return PyTuple_GET_SIZE(args) + given_by_name(keywords) > units ? fail(PyExc_TypeError) : 1;
}

int gnomon_parse_positional(PyObject* args, int maximum) {
    return PyTuple_GET_SIZE(args) > maximum ? fail(PyExc_TypeError) : 1;
}

PyObject* gnomon_parse_keyword(PyObject* args, PyObject* keywords, char** names, int index) {
    if (index < PyTuple_GET_SIZE(args)) return PyTuple_GET_ITEM(args, index);
    return given_by_name(keywords) ? by_name(keywords, names, index) : NULL;
}

/* Every name was one of a parameter that was not given by position. */
int gnomon_parse_end_keywords(PyObject* args, PyObject* keywords, char** names) {
    Py_ssize_t unknown = given_by_name(keywords);
    if (!unknown) return 1;
    for (Py_ssize_t i = PyTuple_GET_SIZE(args); names[i]; ++i)
        if (by_name(keywords, names, i)) --unknown;
    return unknown ? fail(PyExc_TypeError) : 1;
}

/* Sequences inside of the arguments. */
int gnomon_parse_sequence(PyObject* object, int size) {
    if (!PySequence_Check(object) || PyBytes_Check(object)) return fail(PyExc_TypeError);
    return PySequence_Size(object) == size ? 1 : refuse(PyExc_TypeError);
}

PyObject* gnomon_parse_element(PyObject* sequence, int index) {
    PyObject* item = PySequence_GetItem(sequence, index);
    if (!item) fail(PyExc_TypeError); /* whatever was raised */
    return item;
}

void gnomon_parse_element_end(PyObject* item) { Py_DECREF(item); }

/* Numbers. */
static int in_range(PyObject* object, long minimum, long maximum, long* value) {
    *value = PyLong_AsLong(object);
    if (*value == -1 && gnomon_is_raised()) return 0;
    return *value < minimum || *value > maximum ? fail(PyExc_OverflowError) : 1;
}

static int masked(PyObject* object, unsigned long* value) {
    *value = PyLong_AsUnsignedLongMask(object);
    return *value != ULONG_MAX || !gnomon_is_raised();
}

int gnomon_parse_b(PyObject* object, unsigned char* to) {
    long value;
    if (!in_range(object, 0, UCHAR_MAX, &value)) return 0;
    *to = (unsigned char)value;
    return 1;
}

int gnomon_parse_B(PyObject* object, unsigned char* to) {
    unsigned long value;
    if (!masked(object, &value)) return 0;
    *to = (unsigned char)value;
    return 1;
}

int gnomon_parse_h(PyObject* object, short* to) {
    long value;
    if (!in_range(object, SHRT_MIN, SHRT_MAX, &value)) return 0;
    *to = (short)value;
    return 1;
}

int gnomon_parse_H(PyObject* object, unsigned short* to) {
    unsigned long value;
    if (!masked(object, &value)) return 0;
    *to = (unsigned short)value;
    return 1;
}

int gnomon_parse_i(PyObject* object, int* to) {
    long value;
    if (!in_range(object, INT_MIN, INT_MAX, &value)) return 0;
    *to = (int)value;
    return 1;
}

int gnomon_parse_I(PyObject* object, unsigned* to) {
    unsigned long value;
    if (!masked(object, &value)) return 0;
    *to = (unsigned)value;
    return 1;
}

int gnomon_parse_l(PyObject* object, long* to) {
    long value;
    if (!in_range(object, LONG_MIN, LONG_MAX, &value)) return 0;
    *to = value;
    return 1;
}

int gnomon_parse_L(PyObject* object, long long* to) {
    long long value = PyLong_AsLongLong(object);
    if (value == -1 && gnomon_is_raised()) return 0;
    *to = value;
    return 1;
}

int gnomon_parse_n(PyObject* object, Py_ssize_t* to) {
    PyObject* number = PyNumber_Index(object);
    if (!number) return 0;
    Py_ssize_t value = PyLong_AsSsize_t(number);
    Py_DECREF(number);
    if (value == -1 && gnomon_is_raised()) return 0;
    *to = value;
    return 1;
}

/* The interpreter looks at the type itself here until 3.13; then it asks for __index__, too. */
static int is_whole_number(PyObject* object) {
#if PY_VERSION_HEX >= 0x030E0000
    return PyIndex_Check(object);
#else
    return PyLong_Check(object);
#endif
}

int gnomon_parse_k(PyObject* object, unsigned long* to) {
    if (!is_whole_number(object)) return fail(PyExc_TypeError);
    unsigned long value = PyLong_AsUnsignedLongMask(object);
    if (value == ULONG_MAX && gnomon_is_raised()) return 0;
    *to = value;
    return 1;
}

int gnomon_parse_K(PyObject* object, unsigned long long* to) {
    if (!is_whole_number(object)) return fail(PyExc_TypeError);
    unsigned long long value = PyLong_AsUnsignedLongLongMask(object);
    if (value == ULLONG_MAX && gnomon_is_raised()) return 0;
    *to = value;
    return 1;
}

int gnomon_parse_f(PyObject* object, float* to) {
    double value = PyFloat_AsDouble(object);
    if (value == -1.0 && gnomon_is_raised()) return 0;
    *to = (float)value;
    return 1;
}

int gnomon_parse_d(PyObject* object, double* to) {
    double value = PyFloat_AsDouble(object);
    if (value == -1.0 && gnomon_is_raised()) return 0;
    *to = value;
    return 1;
}

int gnomon_parse_D(PyObject* object, Py_complex* to) {
    Py_complex value = PyComplex_AsCComplex(object);
    if (gnomon_is_raised()) return 0;
    *to = value;
    return 1;
}

int gnomon_parse_p(PyObject* object, int* to) {
    int value = PyObject_IsTrue(object);
    if (value < 0) return 0;
    *to = value > 0;
    return 1;
}

int gnomon_parse_c(PyObject* object, char* to) {
    if (PyBytes_Check(object) && PyBytes_GET_SIZE(object) == 1)
        *to = PyBytes_AS_STRING(object)[0];
    else if (PyByteArray_Check(object) && PyByteArray_GET_SIZE(object) == 1)
        *to = PyByteArray_AS_STRING(object)[0];
    else
        return fail(PyExc_TypeError);
    return 1;
}

int gnomon_parse_C(PyObject* object, int* to) {
    if (!PyUnicode_Check(object) || PyUnicode_GET_LENGTH(object) != 1) return fail(PyExc_TypeError);
    *to = (int)PyUnicode_ReadChar(object, 0);
    return 1;
}

/* Bytes of other objects: pointers into them, which live as long as these do. */
static int has_no_nul(const char* text, Py_ssize_t size) {
    return strlen(text) == (size_t)size ? 1 : fail(PyExc_ValueError);
}

static int get_view(PyObject* object, Py_buffer* view, int flags) {
    if (PyObject_GetBuffer(object, view, flags) != 0) {
        if (flags & PyBUF_WRITABLE) gnomon_clear();
        return refuse(PyExc_TypeError);
    }
    if (PyBuffer_IsContiguous(view, 'C')) return 1;
    PyBuffer_Release(view);
    return fail(PyExc_TypeError);
}

static int get_bytes(PyObject* object, const char** to, Py_ssize_t* size) {
    PyBufferProcs* procedures = Py_TYPE(object)->tp_as_buffer;
    *to = NULL;
    if (procedures && procedures->bf_releasebuffer) return fail(PyExc_TypeError);
    Py_buffer view;
    if (!get_view(object, &view, PyBUF_SIMPLE)) return 0;
    *to = view.buf;
    *size = view.len;
    PyBuffer_Release(&view);
    return 1;
}

static int get_text(PyObject* object, const char** to, Py_ssize_t* size) {
    const char* text = PyUnicode_AsUTF8AndSize(object, size);
    if (!text) return refuse(PyExc_SystemError);
    *to = text;
    return 1;
}

int gnomon_parse_s(PyObject* object, const char** to) {
    if (!PyUnicode_Check(object)) return fail(PyExc_TypeError);
    const char* text;
    Py_ssize_t size;
    if (!get_text(object, &text, &size) || !has_no_nul(text, size)) return 0;
    *to = text;
    return 1;
}

int gnomon_parse_z(PyObject* object, const char** to) {
    if (object != Py_None) return gnomon_parse_s(object, to);
    *to = NULL;
    return 1;
}

int gnomon_parse_y(PyObject* object, const char** to) {
    Py_ssize_t size;
    return get_bytes(object, to, &size) && has_no_nul(*to, size);
}

int gnomon_parse_s_sized(PyObject* object, const char** to, Py_ssize_t* size) {
    Py_ssize_t found;
    int is_good = PyUnicode_Check(object) ? get_text(object, to, &found) : get_bytes(object, to, &found);
    if (is_good) *size = found;
    return is_good;
}

int gnomon_parse_z_sized(PyObject* object, const char** to, Py_ssize_t* size) {
    if (object != Py_None) return gnomon_parse_s_sized(object, to, size);
    *to = NULL;
    *size = 0;
    return 1;
}

int gnomon_parse_y_sized(PyObject* object, const char** to, Py_ssize_t* size) {
    Py_ssize_t found;
    if (!get_bytes(object, to, &found)) return 0;
    *size = found;
    return 1;
}

/* Views hold a reference. */
int gnomon_parse_s_view(PyObject* object, Py_buffer* view) {
    if (!PyUnicode_Check(object)) return get_view(object, view, PyBUF_SIMPLE);
    const char* text;
    Py_ssize_t size;
    if (!get_text(object, &text, &size)) return 0;
    PyBuffer_FillInfo(view, object, (void*)text, size, 1, 0);
    return 1;
}

int gnomon_parse_z_view(PyObject* object, Py_buffer* view) {
    if (object != Py_None) return gnomon_parse_s_view(object, view);
    PyBuffer_FillInfo(view, NULL, NULL, 0, 1, 0);
    return 1;
}

int gnomon_parse_y_view(PyObject* object, Py_buffer* view) { return get_view(object, view, PyBUF_SIMPLE); }
int gnomon_parse_w_view(PyObject* object, Py_buffer* view) { return get_view(object, view, PyBUF_WRITABLE); }
void gnomon_parse_view_end(Py_buffer* view) { PyBuffer_Release(view); }

/* Objects: borrowed. */
static int give(PyObject* object, PyObject** to, int is_right) {
    if (!is_right) return fail(PyExc_TypeError);
    *to = object;
    return 1;
}

int gnomon_parse_O(PyObject* object, PyObject** to) { return give(object, to, 1); }
int gnomon_parse_S(PyObject* object, PyObject** to) { return give(object, to, PyBytes_Check(object)); }
int gnomon_parse_U(PyObject* object, PyObject** to) { return give(object, to, PyUnicode_Check(object)); }
int gnomon_parse_Y(PyObject* object, PyObject** to) { return give(object, to, PyByteArray_Check(object)); }

int gnomon_parse_O_instance(PyObject* object, PyTypeObject* type, PyObject** to) {
    return give(object, to, PyType_IsSubtype(Py_TYPE(object), type));
}

int gnomon_parse_converted(int outcome) { return outcome ? 1 : refuse(PyExc_SystemError); }

int PyArg_UnpackTuple(PyObject* args, const char* name, Py_ssize_t minimum, Py_ssize_t maximum, ...) {
    (void)name;
    if (!PyTuple_Check(args)) return fail(PyExc_SystemError);
    Py_ssize_t size = PyTuple_GET_SIZE(args);
    if (size < minimum || size > maximum) return fail(PyExc_TypeError);
    va_list targets;
    va_start(targets, maximum);
    for (Py_ssize_t i = 0; i < size; ++i) *va_arg(targets, PyObject**) = PyTuple_GET_ITEM(args, i);
    va_end(targets);
    return 1;
}
