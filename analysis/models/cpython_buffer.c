/* Buffers: memory that an object lends, as Py_buffer describes it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#include "cpython.h"

#if PY_VERSION_HEX >= 0x030B0000
#define READ_ONLY const
#else
#define READ_ONLY
#endif

int PyObject_CheckBuffer(PyObject* object) {
    PyBufferProcs* methods = Py_TYPE(object)->tp_as_buffer;
    return methods && methods->bf_getbuffer;
}

int PyObject_GetBuffer(PyObject* object, Py_buffer* view, int flags) {
#if PY_VERSION_HEX >= 0x030C0000
    if (flags == PyBUF_READ || flags == PyBUF_WRITE) return gnomon_bad_call(), -1;
#endif
    if (!PyObject_CheckBuffer(object)) return gnomon_fail(PyExc_TypeError);
    return Py_TYPE(object)->tp_as_buffer->bf_getbuffer(object, view, flags);
}

void PyBuffer_Release(Py_buffer* view) {
    PyObject* object = view->obj;
    if (!object) return;
    PyBufferProcs* methods = Py_TYPE(object)->tp_as_buffer;
    if (methods && methods->bf_releasebuffer) methods->bf_releasebuffer(object, view);
    view->obj = NULL;
    Py_DECREF(object);
}

int PyBuffer_FillInfo(Py_buffer* view, PyObject* object, void* bytes, Py_ssize_t size, int is_read_only, int flags) {
    if (!view) return gnomon_fail(PyExc_BufferError);
#if PY_VERSION_HEX >= 0x030C0000
    if (flags == PyBUF_READ || flags == PyBUF_WRITE) return gnomon_bad_call(), -1;
#endif
    if ((flags & PyBUF_WRITABLE) && is_read_only == 1) return gnomon_fail(PyExc_BufferError);
    view->obj = Py_XNewRef(object);
    view->buf = bytes;
    view->len = size;
    view->readonly = is_read_only;
    view->itemsize = 1;
    view->format = flags & PyBUF_FORMAT ? "B" : NULL;
    view->ndim = 1;
    view->shape = flags & PyBUF_ND ? &view->len : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : NULL;
    view->suboffsets = NULL;
    view->internal = NULL;
    return 0;
}

/* Are items next to each other, in the order of C (`last` is the last dimension) or of Fortran? */
static int is_packed(const Py_buffer* view, int is_fortran) {
    Py_ssize_t step = view->itemsize;
    if (view->suboffsets) return 0;
    if (view->len == 0) return 1;
    if (!view->strides && (!is_fortran || view->ndim <= 1)) return 1;
    if (!view->strides) __gnomon_not_modelled("a buffer without strides");
    for (int i = 0; i < view->ndim; ++i) {
        int dimension = is_fortran ? i : view->ndim - 1 - i;
        Py_ssize_t count = view->shape[dimension];
        if (count > 1 && view->strides[dimension] != step) return 0;
        step *= count;
    }
    return 1;
}

int PyBuffer_IsContiguous(const Py_buffer* view, char order) {
    if (order == 'C') return is_packed(view, 0);
    if (order == 'F') return is_packed(view, 1);
    return order == 'A' && (is_packed(view, 0) || is_packed(view, 1));
}

void* PyBuffer_GetPointer(READ_ONLY Py_buffer* view, READ_ONLY Py_ssize_t* indices) {
    char* at = view->buf;
    for (int i = 0; i < view->ndim; ++i) {
        at += view->strides[i] * indices[i];
        if (view->suboffsets && view->suboffsets[i] >= 0) at = *(char**)at + view->suboffsets[i];
    }
    return at;
}

int PyBuffer_ToContiguous(void* to, READ_ONLY Py_buffer* view, Py_ssize_t size, char order) {
    if (size != view->len) return gnomon_fail(PyExc_ValueError);
    if (!PyBuffer_IsContiguous(view, order)) __gnomon_not_modelled("a buffer with gaps");
    __gnomon_copy(to, view->buf, (size_t)size);
    return 0;
}

int PyBuffer_FromContiguous(READ_ONLY Py_buffer* view, READ_ONLY void* from, Py_ssize_t size, char order) {
    if (size > view->len) size = view->len;
    if (!PyBuffer_IsContiguous(view, order)) __gnomon_not_modelled("a buffer with gaps");
    __gnomon_copy(view->buf, from, (size_t)size);
    return 0;
}

void PyBuffer_FillContiguousStrides(int dimensions, Py_ssize_t* shape, Py_ssize_t* strides, int item_size, char order) {
    Py_ssize_t step = item_size;
    for (int i = 0; i < dimensions; ++i) {
        int dimension = order == 'F' ? i : dimensions - 1 - i;
        strides[dimension] = step;
        step *= shape[dimension];
    }
}

/* Of one letter, as the struct module has it. */
Py_ssize_t PyBuffer_SizeFromFormat(const char* format) {
    static const char ones[] = "xcbB?s", twos[] = "hHe", fours[] = "iIf", eights[] = "lLqQnNdP";
    if (!format[0] || format[1]) __gnomon_not_modelled("a format of several letters");
    if (strchr(ones, format[0])) return 1;
    if (strchr(twos, format[0])) return 2;
    if (strchr(fours, format[0])) return 4;
    if (strchr(eights, format[0])) return 8;
    __gnomon_not_modelled("a format that the struct module does not know");
    return -1;
}

/* Of bytes, which nobody may write to. */
static int bytes_get_buffer(PyObject* bytes, Py_buffer* view, int flags) {
    return PyBuffer_FillInfo(view, bytes, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes), 1, flags);
}

PyBufferProcs gnomon_bytes_as_buffer = {.bf_getbuffer = bytes_get_buffer};
