/* memoryview: an object that keeps a buffer, and lends it again. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#if PY_VERSION_HEX >= 0x030B0000
#define READ_ONLY const
#else
#define READ_ONLY
#endif
#define VIEW(object) (&((PyMemoryViewObject*)(object))->view)

static PyMemoryViewObject* new_view(void) {
    size_t size = offsetof(PyMemoryViewObject, ob_array) + 3 * sizeof(Py_ssize_t);
    PyMemoryViewObject* memory = gnomon_new(&PyMemoryView_Type, size);
    if (memory) memory->hash = -1;
    return memory;
}

PyObject* PyMemoryView_FromObject(PyObject* object) {
    if (!PyObject_CheckBuffer(object)) return gnomon_raise(PyExc_TypeError);
    PyMemoryViewObject* memory = new_view();
    if (!memory) return NULL;
    if (PyObject_GetBuffer(object, &memory->view, PyBUF_FULL_RO) != 0) {
        memory->view.obj = NULL;
        Py_DECREF(memory);
        return NULL;
    }
    if (memory->view.obj) gnomon_steal(memory->view.obj);
    return (PyObject*)memory;
}

PyObject* PyMemoryView_FromMemory(char* bytes, Py_ssize_t size, int flags) {
    PyMemoryViewObject* memory = new_view();
    if (memory) PyBuffer_FillInfo(&memory->view, NULL, bytes, size, flags != PyBUF_WRITE, PyBUF_FULL_RO);
    return (PyObject*)memory;
}

PyObject* PyMemoryView_FromBuffer(READ_ONLY Py_buffer* view) {
    if (!view->buf) return gnomon_raise(PyExc_ValueError);
    PyMemoryViewObject* memory = new_view();
    if (!memory) return NULL;
    memory->view = *view;
    memory->view.obj = NULL;
    if (view->shape == &view->len) memory->view.shape = &memory->view.len;
    if (view->strides == &view->itemsize) memory->view.strides = &memory->view.itemsize;
    return (PyObject*)memory;
}

PyObject* PyMemoryView_GetContiguous(PyObject* object, int access, char order) {
    PyObject* memory = PyMemoryView_FromObject(object);
    if (!memory) return NULL;
    if (access == PyBUF_WRITE && VIEW(memory)->readonly) {
        Py_DECREF(memory);
        return gnomon_raise(PyExc_BufferError);
    }
    if (!PyBuffer_IsContiguous(VIEW(memory), order)) __gnomon_not_modelled("a buffer with gaps");
    return memory;
}

static void view_dealloc(PyObject* memory) {
    if (VIEW(memory)->obj) gnomon_give(VIEW(memory)->obj);
    PyBuffer_Release(VIEW(memory));
    gnomon_free(memory);
}

static PyObject* view_repr(PyObject* memory) {
    (void)memory;
    return gnomon_some_str();
}

/* Only what was asked for is said; what is not said must not be needed. */
static int get_buffer(PyObject* memory, Py_buffer* view, int flags) {
    Py_buffer* own = VIEW(memory);
    if ((flags & PyBUF_WRITABLE) && own->readonly) return gnomon_fail(PyExc_BufferError);
    int is_packed = PyBuffer_IsContiguous(own, 'C');
    if (!is_packed && (flags & PyBUF_STRIDES) != PyBUF_STRIDES) return gnomon_fail(PyExc_BufferError);
    *view = *own;
    view->obj = Py_NewRef(memory);
    view->internal = NULL;
    if (!(flags & PyBUF_FORMAT)) view->format = NULL;
    if (!(flags & PyBUF_ND)) view->shape = NULL, view->ndim = 1;
    if ((flags & PyBUF_STRIDES) != PyBUF_STRIDES) view->strides = NULL;
    ++((PyMemoryViewObject*)memory)->exports;
    return 0;
}

static void release_buffer(PyObject* memory, Py_buffer* view) {
    (void)view;
    --((PyMemoryViewObject*)memory)->exports;
}

static Py_ssize_t length_of(PyObject* memory) {
    Py_buffer* view = VIEW(memory);
    return view->ndim == 0 ? 1 : view->shape[0];
}

static PyBufferProcs view_as_buffer = {.bf_getbuffer = get_buffer, .bf_releasebuffer = release_buffer};
static PySequenceMethods view_as_sequence = {.sq_length = length_of};

PyTypeObject PyMemoryView_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "memoryview",
    .tp_basicsize = offsetof(PyMemoryViewObject, ob_array),
    .tp_itemsize = sizeof(Py_ssize_t),
    .tp_dealloc = view_dealloc,
    .tp_repr = view_repr,
    .tp_as_sequence = &view_as_sequence,
    .tp_as_buffer = &view_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_free = PyObject_Free,
};
