/* What is done with strings: put together, compared, searched. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#include "cpython.h"

static Py_UCS4 larger(Py_UCS4 left, Py_UCS4 right) { return left > right ? left : right; }

/* Are they strings? TypeError otherwise. */
static int are_strings(PyObject* left, PyObject* right) {
    if (PyUnicode_Check(left) && PyUnicode_Check(right)) return 1;
    gnomon_raise(PyExc_TypeError);
    return 0;
}

static PyObject* joined(PyObject* left, PyObject* right) {
    Py_ssize_t left_length = PyUnicode_GET_LENGTH(left), right_length = PyUnicode_GET_LENGTH(right);
    PyObject* text = PyUnicode_New(left_length + right_length,
                                   larger(PyUnicode_MAX_CHAR_VALUE(left), PyUnicode_MAX_CHAR_VALUE(right)));
    if (!text) return NULL;
    gnomon_copy_text(text, 0, left, 0, left_length);
    gnomon_copy_text(text, left_length, right, 0, right_length);
    return text;
}

PyObject* PyUnicode_Concat(PyObject* left, PyObject* right) {
    if (!are_strings(left, right)) return NULL;
    if (PyUnicode_GET_LENGTH(left) == 0) return PyUnicode_FromObject(right);
    if (PyUnicode_GET_LENGTH(right) == 0) return PyUnicode_FromObject(left);
    return joined(left, right);
}

/* *place is given up, and null afterwards where that fails. */
void PyUnicode_Append(PyObject** place, PyObject* right) {
    PyObject* left = place ? *place : NULL;
    int is_possible = left && right && PyUnicode_Check(left) && PyUnicode_Check(right);
    if (!is_possible && !gnomon_is_raised()) gnomon_bad_call();
    if (!place) return;
    *place = is_possible ? PyUnicode_Concat(left, right) : NULL;
    Py_XDECREF(left);
}

void PyUnicode_AppendAndDel(PyObject** place, PyObject* right) {
    PyUnicode_Append(place, right);
    Py_XDECREF(right);
}

PyObject* PyUnicode_Substring(PyObject* text, Py_ssize_t start, Py_ssize_t end) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (end > length) end = length;
    if (start == 0 && end == length) return PyUnicode_FromObject(text);
    if (start < 0 || end < 0) return gnomon_raise(PyExc_IndexError);
    if (start >= length || end < start) return PyUnicode_New(0, 0);
    int width = PyUnicode_KIND(text);
    return PyUnicode_FromKindAndData(width, (char*)PyUnicode_DATA(text) + start * width, end - start);
}

/* Below zero, zero, above zero. */
static int order_of(PyObject* left, PyObject* right) {
    Py_ssize_t left_length = PyUnicode_GET_LENGTH(left), right_length = PyUnicode_GET_LENGTH(right);
    Py_ssize_t shorter = left_length < right_length ? left_length : right_length;
    int left_width = PyUnicode_KIND(left), right_width = PyUnicode_KIND(right);
    for (Py_ssize_t i = 0; i < shorter; ++i) {
        Py_UCS4 a = PyUnicode_READ(left_width, PyUnicode_DATA(left), i);
        Py_UCS4 b = PyUnicode_READ(right_width, PyUnicode_DATA(right), i);
        if (a != b) return a < b ? -1 : 1;
    }
    return (left_length > right_length) - (left_length < right_length);
}

/* One condition, where the left one has room for the letters of the right one. */
static int are_equal(PyObject* left, PyObject* right) {
    if (left == right) return 1;
    if (PyUnicode_KIND(left) != PyUnicode_KIND(right)) return 0;
    const char *own = PyUnicode_DATA(left), *other = PyUnicode_DATA(right);
    size_t size = (size_t)PyUnicode_GET_LENGTH(right) * (size_t)PyUnicode_KIND(right);
    if (__gnomon_object_size(left) < (size_t)(own - (char*)left) + size) return 0;
    int differ = PyUnicode_GET_LENGTH(left) != PyUnicode_GET_LENGTH(right);
    for (size_t i = 0; i < size; ++i) differ |= own[i] ^ other[i];
    return !differ;
}

int PyUnicode_Compare(PyObject* left, PyObject* right) {
    if (!are_strings(left, right)) return -1;
    return left == right ? 0 : order_of(left, right);
}

PyObject* PyUnicode_RichCompare(PyObject* left, PyObject* right, int operation) {
    if (!PyUnicode_Check(left) || !PyUnicode_Check(right)) Py_RETURN_NOTIMPLEMENTED;
    if (operation == Py_EQ) return PyBool_FromLong(are_equal(left, right));
    if (operation == Py_NE) return PyBool_FromLong(!are_equal(left, right));
    int order = left == right ? 0 : order_of(left, right);
    Py_RETURN_RICHCOMPARE(order, 0, operation);
}

int PyUnicode_CompareWithASCIIString(PyObject* text, const char* other) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), size = (Py_ssize_t)strlen(other);
    int width = PyUnicode_KIND(text);
    for (Py_ssize_t i = 0; i < length && i < size; ++i) {
        Py_UCS4 a = PyUnicode_READ(width, PyUnicode_DATA(text), i), b = (unsigned char)other[i];
        if (a != b) return a < b ? -1 : 1;
    }
    return (length > size) - (length < size);
}

int _PyUnicode_EqualToASCIIString(PyObject* text, const char* other) {
    return PyUnicode_CompareWithASCIIString(text, other) == 0;
}

int PyUnicode_EqualToUTF8AndSize(PyObject* text, const char* other, Py_ssize_t size) {
    Py_ssize_t own_size;
    const char* own = PyUnicode_AsUTF8AndSize(text, &own_size);
    if (!own) gnomon_clear();
    return own && own_size == size && memcmp(own, other, (size_t)size) == 0;
}

int PyUnicode_EqualToUTF8(PyObject* text, const char* other) {
    return PyUnicode_EqualToUTF8AndSize(text, other, (Py_ssize_t)strlen(other));
}

/* Does it stand there? */
static int stands_at(PyObject* text, Py_ssize_t at, PyObject* part) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(part);
    int width = PyUnicode_KIND(text), part_width = PyUnicode_KIND(part);
    char* data = (char*)PyUnicode_DATA(text) + at * width;
    if (width == part_width) return memcmp(data, PyUnicode_DATA(part), (size_t)(length * width)) == 0;
    for (Py_ssize_t i = 0; i < length; ++i)
        if (PyUnicode_READ(width, data, i) != PyUnicode_READ(part_width, PyUnicode_DATA(part), i)) return 0;
    return 1;
}

/* As slices have it: from the end where negative, cut to what there is. */
static void adjust(Py_ssize_t* start, Py_ssize_t* end, Py_ssize_t length) {
    if (*end > length) *end = length;
    if (*end < 0) *end = *end + length < 0 ? 0 : *end + length;
    if (*start < 0) *start = *start + length < 0 ? 0 : *start + length;
}

Py_ssize_t PyUnicode_Find(PyObject* text, PyObject* part, Py_ssize_t start, Py_ssize_t end, int direction) {
    if (!are_strings(text, part)) return -2;
    adjust(&start, &end, PyUnicode_GET_LENGTH(text));
    Py_ssize_t last = end - PyUnicode_GET_LENGTH(part);
    for (Py_ssize_t i = 0; i <= last - start; ++i) {
        Py_ssize_t at = direction > 0 ? start + i : last - i;
        if (stands_at(text, at, part)) return at;
    }
    return -1;
}

Py_ssize_t PyUnicode_FindChar(PyObject* text, Py_UCS4 letter, Py_ssize_t start, Py_ssize_t end, int direction) {
    adjust(&start, &end, PyUnicode_GET_LENGTH(text));
    for (Py_ssize_t i = 0; i < end - start; ++i) {
        Py_ssize_t at = direction > 0 ? start + i : end - 1 - i;
        if (PyUnicode_READ_CHAR(text, at) == letter) return at;
    }
    return -1;
}

Py_ssize_t PyUnicode_Count(PyObject* text, PyObject* part, Py_ssize_t start, Py_ssize_t end) {
    if (!are_strings(text, part)) return -1;
    adjust(&start, &end, PyUnicode_GET_LENGTH(text));
    Py_ssize_t length = PyUnicode_GET_LENGTH(part), count = 0;
    if (length == 0) return end < start ? 0 : end - start + 1;
    for (Py_ssize_t at = start; at + length <= end;) {
        int is_there = stands_at(text, at, part);
        count += is_there;
        at += is_there ? length : 1;
    }
    return count;
}

Py_ssize_t PyUnicode_Tailmatch(PyObject* text, PyObject* part, Py_ssize_t start, Py_ssize_t end, int direction) {
    if (!are_strings(text, part)) return -1;
    adjust(&start, &end, PyUnicode_GET_LENGTH(text));
    Py_ssize_t last = end - PyUnicode_GET_LENGTH(part);
    return last >= start && stands_at(text, direction > 0 ? last : start, part);
}

int PyUnicode_Contains(PyObject* text, PyObject* part) {
    if (!are_strings(text, part)) return -1;
    return PyUnicode_Find(text, part, 0, PY_SSIZE_T_MAX, 1) >= 0;
}

static PyObject* join_items(PyObject* separator, PyObject** items, Py_ssize_t count) {
    PyObject* text = PyUnicode_New(0, 0);
    for (Py_ssize_t i = 0; i < count && text; ++i) {
        if (!PyUnicode_Check(items[i])) {
            Py_DECREF(text);
            return gnomon_raise(PyExc_TypeError);
        }
        if (i > 0) PyUnicode_Append(&text, separator);
        if (text) PyUnicode_Append(&text, items[i]);
    }
    return text;
}

PyObject* PyUnicode_Join(PyObject* separator, PyObject* sequence) {
    PyObject* items = PySequence_Fast(sequence, "can only join an iterable");
    if (!items) return NULL;
    PyObject *space = separator ? NULL : PyUnicode_FromString(" "), *text = NULL;
    if (separator && !PyUnicode_Check(separator) && PySequence_Fast_GET_SIZE(items) > 1) {
        gnomon_raise(PyExc_TypeError);
    } else if (separator || space) {
        text = join_items(separator ? separator : space, PySequence_Fast_ITEMS(items), PySequence_Fast_GET_SIZE(items));
    }
    Py_XDECREF(space);
    Py_DECREF(items);
    return text;
}

PyObject* PyUnicode_Format(PyObject* format, PyObject* arguments) {
    if (!format || !arguments) return gnomon_bad_call();
    return PyUnicode_Check(format) ? gnomon_some_str() : gnomon_raise(PyExc_TypeError);
}

PyObject* PyUnicode_Replace(PyObject* text, PyObject* part, PyObject* other, Py_ssize_t most) {
    (void)most;
    return are_strings(text, part) && are_strings(text, other) ? gnomon_some_str() : NULL;
}

/* Of ASCII letters. */
int PyUnicode_IsIdentifier(PyObject* text) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (!PyUnicode_IS_ASCII(text)) __gnomon_not_modelled("an identifier that is not ASCII");
    const char* letters = PyUnicode_DATA(text);
    for (Py_ssize_t i = 0; i < length; ++i) {
        int is_letter = ((letters[i] | 32) >= 'a' && (letters[i] | 32) <= 'z') || letters[i] == '_';
        if (!is_letter && (i == 0 || letters[i] < '0' || letters[i] > '9')) return 0;
    }
    return length > 0;
}

static Py_ssize_t length_of(PyObject* text) { return PyUnicode_GET_LENGTH(text); }

static PyObject* item(PyObject* text, Py_ssize_t index) {
    if (index < 0 || index >= PyUnicode_GET_LENGTH(text)) return gnomon_raise(PyExc_IndexError);
    return PyUnicode_FromOrdinal((int)PyUnicode_READ_CHAR(text, index));
}

static PyObject* repeat(PyObject* text, Py_ssize_t times) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (times < 1) return PyUnicode_New(0, 0);
    if (times == 1) return PyUnicode_FromObject(text);
    if (length && times > PY_SSIZE_T_MAX / length) return gnomon_raise(PyExc_OverflowError);
    PyObject* repeated = PyUnicode_New(length * times, PyUnicode_MAX_CHAR_VALUE(text));
    for (Py_ssize_t i = 0; i < times && length && repeated; ++i)
        gnomon_copy_text(repeated, i * length, text, 0, length);
    return repeated;
}

static PyObject* subscript(PyObject* text, PyObject* key) {
    if (PySlice_Check(key)) return gnomon_some_str();
    if (!PyIndex_Check(key)) return gnomon_raise(PyExc_TypeError);
    Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (index == -1 && PyErr_Occurred()) return NULL;
    return item(text, index < 0 ? index + PyUnicode_GET_LENGTH(text) : index);
}

static PyObject* format(PyObject* left, PyObject* right) {
    if (!PyUnicode_Check(left)) Py_RETURN_NOTIMPLEMENTED;
    return PyUnicode_Format(left, right);
}

PySequenceMethods gnomon_str_as_sequence = {
    .sq_length = length_of,
    .sq_concat = PyUnicode_Concat,
    .sq_repeat = repeat,
    .sq_item = item,
    .sq_contains = PyUnicode_Contains,
};
PyMappingMethods gnomon_str_as_mapping = {.mp_length = length_of, .mp_subscript = subscript};
PyNumberMethods gnomon_str_as_number = {.nb_remainder = format};
