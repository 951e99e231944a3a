/* bytes: they never change once somebody else knows them. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#include "cpython.h"

extern PyBufferProcs gnomon_bytes_as_buffer; /* cpython_buffer.c */

static size_t size_of(Py_ssize_t length) { return offsetof(PyBytesObject, ob_sval) + (size_t)length + 1; }

static PyBytesObject* become_bytes(void* block, Py_ssize_t length) {
    PyBytesObject* bytes = gnomon_become(block, &PyBytes_Type);
    __gnomon_typed(bytes);
    bytes->ob_base.ob_size = length;
    bytes->ob_shash = -1;
    bytes->ob_sval[length] = 0;
    __gnomon_shared(bytes, length <= 1);
    return bytes;
}

void* gnomon_become_bytes(void* block, long id) {
    char* chosen = __gnomon_choose_block_as(id, "text", "", LONGEST_ANY_TEXT);
    size_t length = __gnomon_object_size(chosen);
    __gnomon_resize(block, size_of((Py_ssize_t)length));
    PyBytesObject* bytes = become_bytes(block, (Py_ssize_t)length);
    __gnomon_copy(bytes->ob_sval, chosen, length);
    return bytes;
}

PyObject* gnomon_some_bytes(void) {
    PyObject* bytes = PyBytes_FromStringAndSize(NULL, 1);
    if (!bytes) return NULL;
    __gnomon_shared(bytes, 0);
    PyBytes_AS_STRING(bytes)[0] = (char)__gnomon_unknown();
    ((PyVarObject*)bytes)->ob_size = __gnomon_unknown();
    return bytes;
}

PyObject* PyBytes_FromStringAndSize(const char* text, Py_ssize_t length) {
    if (length < 0) return gnomon_raise(PyExc_SystemError);
    if ((size_t)length > (size_t)PY_SSIZE_T_MAX - size_of(0)) return gnomon_raise(PyExc_OverflowError);
    if (gnomon_allocation_fails()) {
        __gnomon_assume((length > 1) | ((length == 1) & !text)); /* the others are there already */
        return PyErr_NoMemory();
    }
    PyBytesObject* bytes = become_bytes(__gnomon_allocate(size_of(length)), length);
    if (text) __gnomon_copy(bytes->ob_sval, text, (size_t)length);
    return (PyObject*)bytes;
}

PyObject* PyBytes_FromString(const char* text) { return PyBytes_FromStringAndSize(text, (Py_ssize_t)strlen(text)); }

PyObject* PyBytes_FromFormatV(const char* format, va_list arguments) {
    (void)format, (void)arguments;
    return gnomon_some_bytes();
}

Py_ssize_t PyBytes_Size(PyObject* bytes) {
    return PyBytes_Check(bytes) ? PyBytes_GET_SIZE(bytes) : gnomon_fail(PyExc_TypeError);
}

char* PyBytes_AsString(PyObject* bytes) {
    return PyBytes_Check(bytes) ? PyBytes_AS_STRING(bytes) : (char*)gnomon_raise(PyExc_TypeError);
}

int PyBytes_AsStringAndSize(PyObject* bytes, char** text, Py_ssize_t* size) {
    if (!text) return gnomon_bad_call(), -1;
    if (!PyBytes_Check(bytes)) return gnomon_fail(PyExc_TypeError);
    *text = PyBytes_AS_STRING(bytes);
    if (size)
        *size = PyBytes_GET_SIZE(bytes);
    else if ((Py_ssize_t)strlen(*text) != PyBytes_GET_SIZE(bytes))
        return gnomon_fail(PyExc_ValueError);
    return 0;
}

/* All bytes that an object lends, after others. */
static PyObject* followed_by(const char* first, Py_ssize_t first_size, PyObject* second) {
    Py_buffer view;
    if (PyObject_GetBuffer(second, &view, PyBUF_SIMPLE) != 0) return NULL;
    PyObject* bytes = PyBytes_FromStringAndSize(NULL, first_size + view.len);
    if (bytes) {
        __gnomon_copy(PyBytes_AS_STRING(bytes), first, (size_t)first_size);
        __gnomon_copy(PyBytes_AS_STRING(bytes) + first_size, view.buf, (size_t)view.len);
    }
    PyBuffer_Release(&view);
    return bytes;
}

static PyObject* concatenate(PyObject* left, PyObject* right) {
    Py_buffer view;
    if (!PyObject_CheckBuffer(left) || !PyObject_CheckBuffer(right)) return gnomon_raise(PyExc_TypeError);
    if (PyBytes_CheckExact(left) && PyBytes_GET_SIZE(left) == 0 && PyBytes_CheckExact(right)) return Py_NewRef(right);
    if (PyBytes_CheckExact(right) && PyBytes_GET_SIZE(right) == 0 && PyBytes_CheckExact(left)) return Py_NewRef(left);
    if (PyObject_GetBuffer(left, &view, PyBUF_SIMPLE) != 0) return NULL;
    PyObject* bytes = followed_by(view.buf, view.len, right);
    PyBuffer_Release(&view);
    return bytes;
}

/* *place is given up, and null afterwards where that fails. */
void PyBytes_Concat(PyObject** place, PyObject* right) {
    PyObject* left = *place;
    if (!left) return;
    *place = right ? concatenate(left, right) : NULL;
    Py_DECREF(left);
}

void PyBytes_ConcatAndDel(PyObject** place, PyObject* right) {
    PyBytes_Concat(place, right);
    Py_XDECREF(right);
}

int _PyBytes_Resize(PyObject** place, Py_ssize_t size) {
    PyObject* old = *place;
    if (!PyBytes_Check(old) || size < 0) {
        *place = NULL;
        Py_DECREF(old);
        return gnomon_bad_call(), -1;
    }
    Py_ssize_t old_size = PyBytes_GET_SIZE(old);
    if (size == old_size) return 0;
    if (PY_VERSION_HEX < 0x030D0000 && old_size != 0 && size != 0 && Py_REFCNT(old) != 1) {
        *place = NULL;
        Py_DECREF(old);
        return gnomon_bad_call(), -1;
    }
    *place = PyBytes_FromStringAndSize(NULL, size);
    if (*place)
        __gnomon_copy(PyBytes_AS_STRING(*place), PyBytes_AS_STRING(old), (size_t)(size < old_size ? size : old_size));
    Py_DECREF(old);
    return *place ? 0 : -1;
}

/* Numbers from 0 to 255 that an iterable gives. */
static PyObject* from_items(PyObject* object) {
    PyObject* items = PySequence_Fast(object, "not iterable");
    if (!items) return NULL;
    Py_ssize_t count = PySequence_Fast_GET_SIZE(items);
    PyObject* bytes = PyBytes_FromStringAndSize(NULL, count);
    for (Py_ssize_t i = 0; i < count && bytes; ++i) {
        Py_ssize_t value = PyNumber_AsSsize_t(PySequence_Fast_GET_ITEM(items, i), NULL);
        if (value >= 0 && value < 256) {
            PyBytes_AS_STRING(bytes)[i] = (char)value;
            continue;
        }
        if (value != -1 || !PyErr_Occurred()) gnomon_raise(PyExc_ValueError);
        Py_DECREF(bytes);
        bytes = NULL;
    }
    Py_DECREF(items);
    return bytes;
}

PyObject* PyBytes_FromObject(PyObject* object) {
    if (!object) return gnomon_bad_call();
    if (PyBytes_CheckExact(object)) return Py_NewRef(object);
    if (PyObject_CheckBuffer(object)) return followed_by("", 0, object);
    return PyUnicode_Check(object) ? gnomon_raise(PyExc_TypeError) : from_items(object);
}

static void bytes_dealloc(PyObject* object) { gnomon_free(object); }

static Py_hash_t bytes_hash(PyObject* object) {
    (void)object;
    return __gnomon_unknown();
}

static PyObject* bytes_repr(PyObject* object) {
    (void)object;
    return gnomon_some_str();
}

static PyObject* bytes_new(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    if (type != &PyBytes_Type || kwds || PyTuple_GET_SIZE(args) > 1) __gnomon_not_modelled("bytes() of this");
    if (PyTuple_GET_SIZE(args) == 0) return PyBytes_FromStringAndSize(NULL, 0);
    PyObject* object = PyTuple_GET_ITEM(args, 0);
    if (!PyIndex_Check(object)) return PyBytes_FromObject(object);
    Py_ssize_t size = PyNumber_AsSsize_t(object, PyExc_OverflowError);
    if (size == -1 && PyErr_Occurred()) return NULL;
    if (size < 0) return gnomon_raise(PyExc_ValueError);
    PyObject* bytes = PyBytes_FromStringAndSize(NULL, size);
    if (bytes) __gnomon_fill(PyBytes_AS_STRING(bytes), 0, (size_t)size);
    return bytes;
}

static PyObject* compare(PyObject* left, PyObject* right, int operation) {
    if (!PyBytes_Check(left) || !PyBytes_Check(right)) Py_RETURN_NOTIMPLEMENTED;
    Py_ssize_t a = PyBytes_GET_SIZE(left), b = PyBytes_GET_SIZE(right);
    if (a != b && (operation == Py_EQ || operation == Py_NE)) return PyBool_FromLong(operation == Py_NE);
    int order = memcmp(PyBytes_AS_STRING(left), PyBytes_AS_STRING(right), (size_t)(a < b ? a : b));
    if (order == 0) order = (a > b) - (a < b);
    Py_RETURN_RICHCOMPARE(order, 0, operation);
}

static Py_ssize_t length_of(PyObject* bytes) { return PyBytes_GET_SIZE(bytes); }

static PyObject* item(PyObject* bytes, Py_ssize_t index) {
    if (index < 0 || index >= PyBytes_GET_SIZE(bytes)) return gnomon_raise(PyExc_IndexError);
    return PyLong_FromLong((unsigned char)PyBytes_AS_STRING(bytes)[index]);
}

static PyObject* subscript(PyObject* bytes, PyObject* key) {
    if (PySlice_Check(key)) return gnomon_some_bytes();
    if (!PyIndex_Check(key)) return gnomon_raise(PyExc_TypeError);
    Py_ssize_t index = PyNumber_AsSsize_t(key, PyExc_IndexError);
    if (index == -1 && PyErr_Occurred()) return NULL;
    return item(bytes, index < 0 ? index + PyBytes_GET_SIZE(bytes) : index);
}

static PySequenceMethods bytes_as_sequence = {.sq_length = length_of, .sq_concat = concatenate, .sq_item = item};
static PyMappingMethods bytes_as_mapping = {.mp_length = length_of, .mp_subscript = subscript};

PyTypeObject PyBytes_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "bytes",
    .tp_basicsize = offsetof(PyBytesObject, ob_sval) + 1,
    .tp_itemsize = 1,
    .tp_dealloc = bytes_dealloc,
    .tp_repr = bytes_repr,
    .tp_as_sequence = &bytes_as_sequence,
    .tp_as_mapping = &bytes_as_mapping,
    .tp_as_buffer = &gnomon_bytes_as_buffer,
    .tp_hash = bytes_hash,
    .tp_str = bytes_repr,
    .tp_richcompare = compare,
    .tp_iter = PySeqIter_New,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_new = bytes_new,
    .tp_free = PyObject_Free,
};
