/* bytearray: bytes in a block of its own, which moves when it grows, but not while somebody has its buffer. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#include "cpython.h"

char _PyByteArray_empty_string[] = "";

#define ARRAY(object) ((PyByteArrayObject*)(object))

static void* become_array(void* block, Py_ssize_t size) {
    PyByteArrayObject* array = gnomon_become(block, &PyByteArray_Type);
    __gnomon_typed(array);
    array->ob_base.ob_size = size;
    if (size == 0) return array;
    array->ob_alloc = size + 1;
    array->ob_bytes = array->ob_start = __gnomon_allocate((size_t)size + 1);
    array->ob_bytes[size] = 0;
    return array;
}

void* gnomon_become_bytearray(void* block, long id) {
    char* chosen = __gnomon_choose_block_as(id, "text", "", LONGEST_ANY_TEXT);
    size_t size = __gnomon_object_size(chosen);
    __gnomon_resize(block, sizeof(PyByteArrayObject));
    PyByteArrayObject* array = become_array(block, (Py_ssize_t)size);
    if (size) __gnomon_copy(array->ob_bytes, chosen, size);
    return array;
}

PyObject* PyByteArray_FromStringAndSize(const char* bytes, Py_ssize_t size) {
    if (size < 0) return gnomon_raise(PyExc_SystemError);
    if (size == PY_SSIZE_T_MAX || gnomon_allocation_fails()) return PyErr_NoMemory();
    PyByteArrayObject* array = become_array(__gnomon_allocate_zero(sizeof(PyByteArrayObject)), size);
    if (bytes && size) __gnomon_copy(array->ob_bytes, bytes, (size_t)size);
    return (PyObject*)array;
}

static PyObject* of_buffer(PyObject* object) {
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) != 0) return NULL;
    PyObject* array = PyByteArray_FromStringAndSize(view.buf, view.len);
    PyBuffer_Release(&view);
    return array;
}

static PyObject* of_zeros(PyObject* count) {
    Py_ssize_t size = PyNumber_AsSsize_t(count, PyExc_OverflowError);
    if (size == -1 && PyErr_Occurred()) return NULL;
    if (size < 0) return gnomon_raise(PyExc_ValueError);
    PyObject* array = PyByteArray_FromStringAndSize(NULL, size);
    if (array && size) __gnomon_fill(ARRAY(array)->ob_bytes, 0, (size_t)size);
    return array;
}

PyObject* PyByteArray_FromObject(PyObject* object) {
    if (PyUnicode_Check(object)) return gnomon_raise(PyExc_TypeError);
    if (PyIndex_Check(object)) return of_zeros(object);
    if (PyObject_CheckBuffer(object)) return of_buffer(object);
    PyObject* bytes = PyBytes_FromObject(object);
    PyObject* array = bytes ? of_buffer(bytes) : NULL;
    Py_XDECREF(bytes);
    return array;
}

Py_ssize_t PyByteArray_Size(PyObject* array) { return PyByteArray_GET_SIZE(array); }
char* PyByteArray_AsString(PyObject* array) { return PyByteArray_AS_STRING(array); }

/* It stays where it is while it fits and does not waste half of its block. */
int PyByteArray_Resize(PyObject* object, Py_ssize_t size) {
    PyByteArrayObject* array = ARRAY(object);
    Py_ssize_t old_size = PyByteArray_GET_SIZE(object);
    if (size == old_size) return 0;
    if (array->ob_exports > 0) return gnomon_fail(PyExc_BufferError);
    if (size < 0) __gnomon_not_modelled("a bytearray of negative size");
    if (size >= array->ob_alloc || size < array->ob_alloc / 2) {
        if (size == PY_SSIZE_T_MAX || gnomon_allocation_fails()) return PyErr_NoMemory(), -1;
        char* moved = __gnomon_allocate((size_t)size + 1);
        if (old_size) __gnomon_copy(moved, array->ob_start, (size_t)(size < old_size ? size : old_size));
        __gnomon_release(array->ob_bytes);
        array->ob_bytes = array->ob_start = moved;
        array->ob_alloc = size + 1;
    }
    array->ob_base.ob_size = size;
    array->ob_start[size] = 0;
    return 0;
}

PyObject* PyByteArray_Concat(PyObject* left, PyObject* right) {
    Py_buffer view;
    if (!PyObject_CheckBuffer(left) || !PyObject_CheckBuffer(right)) return gnomon_raise(PyExc_TypeError);
    PyObject* array = of_buffer(left);
    if (!array || PyObject_GetBuffer(right, &view, PyBUF_SIMPLE) != 0) {
        Py_XDECREF(array);
        return NULL;
    }
    Py_ssize_t size = PyByteArray_GET_SIZE(array);
    int has_failed = PyByteArray_Resize(array, size + view.len);
    if (!has_failed && view.len) __gnomon_copy(ARRAY(array)->ob_start + size, view.buf, (size_t)view.len);
    PyBuffer_Release(&view);
    if (!has_failed) return array;
    Py_DECREF(array);
    return NULL;
}

static void array_dealloc(PyObject* array) {
    __gnomon_release(ARRAY(array)->ob_bytes);
    gnomon_free(array);
}

static PyObject* array_repr(PyObject* array) {
    (void)array;
    return gnomon_some_str();
}

static PyObject* array_new(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    if (type != &PyByteArray_Type || kwds || PyTuple_GET_SIZE(args) > 1) __gnomon_not_modelled("bytearray() of this");
    if (PyTuple_GET_SIZE(args) == 0) return PyByteArray_FromStringAndSize(NULL, 0);
    return PyByteArray_FromObject(PyTuple_GET_ITEM(args, 0));
}

static int get_buffer(PyObject* array, Py_buffer* view, int flags) {
    if (!view) return gnomon_fail(PyExc_BufferError);
    int result = PyBuffer_FillInfo(view, array, PyByteArray_AS_STRING(array), PyByteArray_GET_SIZE(array), 0, flags);
    if (result == 0) ++ARRAY(array)->ob_exports;
    return result;
}

static void release_buffer(PyObject* array, Py_buffer* view) {
    (void)view;
    --ARRAY(array)->ob_exports;
}

static Py_ssize_t length_of(PyObject* array) { return PyByteArray_GET_SIZE(array); }

static PyObject* item(PyObject* array, Py_ssize_t index) {
    if (index < 0 || index >= PyByteArray_GET_SIZE(array)) return gnomon_raise(PyExc_IndexError);
    return PyLong_FromLong((unsigned char)ARRAY(array)->ob_start[index]);
}

static int set_item(PyObject* array, Py_ssize_t index, PyObject* value) {
    if (!value) __gnomon_not_modelled("del of an item of a bytearray");
    if (index < 0 || index >= PyByteArray_GET_SIZE(array)) return gnomon_fail(PyExc_IndexError);
    Py_ssize_t byte = PyNumber_AsSsize_t(value, NULL);
    if (byte == -1 && PyErr_Occurred()) return -1;
    if (byte < 0 || byte > 255) return gnomon_fail(PyExc_ValueError);
    ARRAY(array)->ob_start[index] = (char)byte;
    return 0;
}

static PyBufferProcs array_as_buffer = {.bf_getbuffer = get_buffer, .bf_releasebuffer = release_buffer};
static PySequenceMethods array_as_sequence = {
    .sq_length = length_of, .sq_concat = PyByteArray_Concat, .sq_item = item, .sq_ass_item = set_item};

PyTypeObject PyByteArray_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "bytearray",
    .tp_basicsize = sizeof(PyByteArrayObject),
    .tp_dealloc = array_dealloc,
    .tp_repr = array_repr,
    .tp_as_sequence = &array_as_sequence,
    .tp_as_buffer = &array_as_buffer,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_str = array_repr,
    .tp_iter = PySeqIter_New,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_new = array_new,
    .tp_free = PyObject_Free,
};
