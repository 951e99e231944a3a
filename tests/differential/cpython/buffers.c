/* bytes, bytearray, and the memory that objects lend. */
#include <string.h>

#include "probe.h"

static void print_bytes(int line, PyObject* bytes) {
    if (!bytes) {
        printf("%d: null\n", line);
        print_error(line);
        return;
    }
    printf("%d: bytes %ld", line, (long)Py_SIZE(bytes));
    const char* data = PyBytes_Check(bytes) ? PyBytes_AS_STRING(bytes) : PyByteArray_AS_STRING(bytes);
    for (Py_ssize_t i = 0; i <= Py_SIZE(bytes); ++i) printf(" %x", (unsigned char)data[i]);
    printf(" %s\n", Py_TYPE(bytes)->tp_name);
    print_error(line);
    Py_DECREF(bytes);
}
#define BYTES(call) print_bytes(__LINE__, call)

/* An exporter of the probe's own. */
static int exports;
static char lent[6] = "lent.";
static int lend(PyObject* thing, Py_buffer* view, int flags) {
    ++exports;
    return PyBuffer_FillInfo(view, thing, lent, 5, 0, flags);
}
static void take_back(PyObject* thing, Py_buffer* view) { --exports; }
static PyBufferProcs lender_methods = {.bf_getbuffer = lend, .bf_releasebuffer = take_back};
static PyTypeObject lender_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.lender",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_buffer = &lender_methods,
};

static void print_view(int line, PyObject* object, int flags) {
    Py_buffer view;
    MARK(object);
    if (PyObject_GetBuffer(object, &view, flags) != 0) {
        print_error(line);
        return;
    }
    printf("%d: view %ld of %ld, %d, read only %d, format %s, shape %ld, strides %ld\n", line, (long)view.len,
           (long)view.itemsize, view.ndim, view.readonly, view.format ? view.format : "-",
           view.shape ? (long)view.shape[0] : -1, view.strides ? (long)view.strides[0] : -1);
    PRINT(view.obj == object);
    PRINT(PyBuffer_IsContiguous(&view, 'C'));
    PRINT(PyBuffer_IsContiguous(&view, 'F'));
    PRINT(PyBuffer_IsContiguous(&view, 'A'));
    PRINT(PyBuffer_IsContiguous(&view, 'x'));
    char copy[32] = "";
    PRINT(PyBuffer_ToContiguous(copy, &view, view.len, 'C'));
    PRINT(copy[0]);
    PRINT(PyBuffer_ToContiguous(copy, &view, view.len + 1, 'C'));
    ERROR();
    CHANGED(object);
    PyBuffer_Release(&view);
    PRINT(view.obj == NULL);
    PyBuffer_Release(&view);
    CHANGED(object);
}

static void look_at(PyObject* object) {
    PRINT(PyObject_CheckBuffer(object));
    print_view(1, object, PyBUF_SIMPLE);
    print_view(2, object, PyBUF_WRITABLE);
    print_view(3, object, PyBUF_FORMAT);
    print_view(4, object, PyBUF_ND);
    print_view(5, object, PyBUF_STRIDES);
    print_view(6, object, PyBUF_FULL_RO);
    print_view(7, object, PyBUF_FULL);
    print_view(8, object, PyBUF_CONTIG_RO);
    PyObject* memory = PyMemoryView_FromObject(object);
    PRINT(memory == NULL);
    ERROR();
    if (!memory) return;
    PRINT(PyMemoryView_Check(memory));
    PRINT(PyMemoryView_GET_BUFFER(memory)->len);
    PRINT(PyMemoryView_GET_BUFFER(memory)->shape[0]);
    PRINT(PyMemoryView_GET_BASE(memory) == object);
    print_view(9, memory, PyBUF_SIMPLE);
    print_view(10, memory, PyBUF_WRITABLE);
    print_view(11, memory, PyBUF_FULL_RO);
    print_view(12, memory, PyBUF_STRIDED_RO);
    Py_DECREF(memory);
    MARK(object);
    memory = PyMemoryView_GetContiguous(object, PyBUF_READ, 'C');
    PRINT(PyMemoryView_GET_BUFFER(memory)->len);
    Py_DECREF(memory);
    CHANGED(object);
}

static void make_bytes(PyObject* thing) {
    BYTES(PyBytes_FromString("text"));
    BYTES(PyBytes_FromString(""));
    BYTES(PyBytes_FromStringAndSize("a\0b", 3));
    BYTES(PyBytes_FromStringAndSize("abc", -1));
    BYTES(PyBytes_FromStringAndSize(NULL, 0));
    BYTES(PyBytes_FromObject(NULL));
    BYTES(PyBytes_FromObject(thing));
    PyObject* text = PyUnicode_FromString("text");
    BYTES(PyBytes_FromObject(text));
    BYTES(PyByteArray_FromObject(text));
    PyObject* bytes = PyBytes_FromString("bytes");
    BYTES(PyBytes_FromObject(bytes));
    BYTES(PyByteArray_FromObject(bytes));
    PyObject* number = PyLong_FromLong(3);
    BYTES(PyByteArray_FromObject(number));
    BYTES(PyByteArray_FromStringAndSize("text", 4));
    BYTES(PyByteArray_FromStringAndSize("text", 0));
    BYTES(PyByteArray_FromStringAndSize("text", -1));

    char* data = NULL;
    Py_ssize_t size = 7;
    PRINT(PyBytes_Size(bytes));
    PRINT(PyBytes_Size(thing));
    ERROR();
    PRINT(PyBytes_AsString(bytes) == PyBytes_AS_STRING(bytes));
    PRINT(PyBytes_AsString(thing) == NULL);
    ERROR();
    PRINT(PyBytes_AsStringAndSize(bytes, &data, &size));
    PRINT(size);
    PRINT(PyBytes_AsStringAndSize(bytes, &data, NULL));
    PRINT(PyBytes_AsStringAndSize(bytes, NULL, &size));
    ERROR();
    PRINT(PyBytes_AsStringAndSize(thing, &data, &size));
    ERROR();
    PyObject* inner = PyBytes_FromStringAndSize("a\0b", 3);
    PRINT(PyBytes_AsStringAndSize(inner, &data, NULL));
    ERROR();

    PyObject* sum = PyBytes_FromString("one");
    PyBytes_Concat(&sum, bytes);
    Py_INCREF(sum);
    BYTES(sum);
    MARK(bytes);
    PyBytes_Concat(&sum, thing);
    PRINT(sum == NULL);
    ERROR();
    PyBytes_Concat(&sum, bytes);
    ERROR();
    sum = PyBytes_FromString("one");
    PyBytes_Concat(&sum, NULL);
    PRINT(sum == NULL);
    ERROR();
    CHANGED(bytes);
    sum = PyBytes_FromString("two");
    PyBytes_ConcatAndDel(&sum, PyBytes_FromString("three"));
    BYTES(sum);

    sum = PyBytes_FromString("resized");
    PRINT(_PyBytes_Resize(&sum, 3));
    PRINT(_PyBytes_Resize(&sum, 3));
    Py_INCREF(sum);
    BYTES(sum);
    Py_INCREF(sum);
    PyObject* old = sum;
    PRINT(_PyBytes_Resize(&sum, 5));
    PRINT(sum == NULL);
    PRINT(Py_REFCNT(old));
    ERROR();
    Py_DECREF(old);
    sum = PyBytes_FromString("resized");
    PRINT(_PyBytes_Resize(&sum, -5));
    PRINT(sum == NULL);
    ERROR();
}

static void change_array(PyObject* thing) {
    Py_buffer view;
    PyObject* array = PyByteArray_FromStringAndSize("array", 5);
    PRINT(PyByteArray_Size(array));
    PRINT(PyByteArray_GET_SIZE(array));
    PRINT(PyByteArray_AsString(array) == PyByteArray_AS_STRING(array));
    PRINT(PyByteArray_Resize(array, 10));
    PyByteArray_AS_STRING(array)[9] = 'x';
    for (int i = 5; i < 9; ++i) PyByteArray_AS_STRING(array)[i] = '.';
    PRINT(PyObject_GetBuffer(array, &view, PyBUF_WRITABLE));
    PRINT(PyByteArray_Resize(array, 11));
    ERROR();
    PRINT(PyByteArray_Resize(array, 10));
    ERROR();
    ((char*)view.buf)[0] = 'A';
    PyBuffer_Release(&view);
    char* before = PyByteArray_AS_STRING(array);
    PRINT(PyByteArray_Resize(array, 8));
    PRINT(PyByteArray_AS_STRING(array) == before);
    Py_INCREF(array);
    BYTES(array);
    PyObject* bytes = PyBytes_FromString("bytes");
    BYTES(PyByteArray_Concat(array, bytes));
    BYTES(PyByteArray_Concat(bytes, array));
    BYTES(PyByteArray_Concat(bytes, thing));
    PRINT(PyByteArray_Resize(array, 0));
    BYTES(array);
}

int main(void) {
    start();
    PyType_Ready(&lender_type);
    PyObject* thing = new_thing();
    MARK(thing);
    make_bytes(thing);
    change_array(thing);
    look_at(thing);
    PyObject* bytes = PyBytes_FromString("bytes");
    look_at(bytes);
    PyObject* array = PyByteArray_FromStringAndSize("array!", 6);
    look_at(array);
    PRINT(PyByteArray_Resize(array, 3));
    PyObject* lender = PyObject_New(PyObject, &lender_type);
    look_at(lender);
    PRINT(exports);
    BYTES(PyBytes_FromObject(lender));
    PRINT(exports);

    Py_buffer view;
    PRINT(PyBuffer_FillInfo(NULL, NULL, "x", 1, 0, PyBUF_SIMPLE));
    ERROR();
    PRINT(PyBuffer_FillInfo(&view, NULL, "x", 1, 1, PyBUF_WRITABLE));
    ERROR();
    PRINT(PyBuffer_FillInfo(&view, NULL, "x", 1, 1, PyBUF_SIMPLE));
    PRINT(view.obj == NULL);
    PyObject* memory = PyMemoryView_FromMemory(lent, 5, PyBUF_READ);
    print_view(13, memory, PyBUF_FULL_RO);
    print_view(14, memory, PyBUF_WRITABLE);
    Py_DECREF(memory);
    memory = PyMemoryView_FromMemory(lent, 5, PyBUF_WRITE);
    print_view(15, memory, PyBUF_FULL);
    Py_DECREF(memory);
    PRINT(PyObject_GetBuffer(bytes, &view, PyBUF_FULL_RO));
    memory = PyMemoryView_FromBuffer(&view);
    print_view(16, memory, PyBUF_FULL_RO);
    PyBuffer_Release(&view);
    view.buf = NULL;
    PRINT(PyMemoryView_FromBuffer(&view) == NULL);
    ERROR();
    Py_ssize_t shape[3] = {2, 3, 4}, strides[3], at[3] = {1, 2, 3};
    PyBuffer_FillContiguousStrides(3, shape, strides, 8, 'C');
    PRINT(strides[0] * 10000 + strides[1] * 100 + strides[2]);
    PyBuffer_FillContiguousStrides(3, shape, strides, 8, 'F');
    PRINT(strides[0] * 10000 + strides[1] * 100 + strides[2]);
    view = (Py_buffer){.buf = lent, .len = 192, .itemsize = 8, .ndim = 3, .shape = shape, .strides = strides};
    PRINT((char*)PyBuffer_GetPointer(&view, at) - lent);
    PRINT(PyBuffer_IsContiguous(&view, 'C'));
    PRINT(PyBuffer_IsContiguous(&view, 'F'));
    PRINT(PyBuffer_IsContiguous(&view, 'A'));
    PRINT(PyBuffer_SizeFromFormat("i"));
    PRINT(PyBuffer_SizeFromFormat("d"));
    return 0;
}
