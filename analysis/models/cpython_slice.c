/* Slices, and which items of a sequence a subscript means. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

#undef PySlice_GetIndicesEx

PyObject* PySlice_New(PyObject* start, PyObject* stop, PyObject* step) {
    PySliceObject* slice = gnomon_new(&PySlice_Type, sizeof(PySliceObject));
    if (!slice) return NULL;
    slice->start = start ? start : Py_None;
    slice->stop = stop ? stop : Py_None;
    slice->step = step ? step : Py_None;
    gnomon_hold(slice->start);
    gnomon_hold(slice->stop);
    gnomon_hold(slice->step);
    return (PyObject*)slice;
}

/* 1, unless an exception is set; too large numbers are cut. */
int _PyEval_SliceIndex(PyObject* object, Py_ssize_t* index) {
    if (object == Py_None) return 1;
    if (!PyIndex_Check(object)) return gnomon_fail(PyExc_TypeError) + 1;
    Py_ssize_t number = PyNumber_AsSsize_t(object, NULL);
    if (number == -1 && gnomon_is_raised()) return 0;
    *index = number;
    return 1;
}

int PySlice_Unpack(PyObject* op, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t* step) {
    PySliceObject* slice = (PySliceObject*)op;
    *step = 1;
    if (!_PyEval_SliceIndex(slice->step, step)) return -1;
    if (*step == 0) return gnomon_fail(PyExc_ValueError);
    if (*step < -PY_SSIZE_T_MAX) *step = -PY_SSIZE_T_MAX;
    *start = *step < 0 ? PY_SSIZE_T_MAX : 0;
    *stop = *step < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
    if (!_PyEval_SliceIndex(slice->start, start)) return -1;
    return _PyEval_SliceIndex(slice->stop, stop) ? 0 : -1;
}

static Py_ssize_t within(Py_ssize_t size, Py_ssize_t index, Py_ssize_t step) {
    if (index < 0) {
        index += size;
        if (index < 0) return step < 0 ? -1 : 0;
    } else if (index >= size) {
        return step < 0 ? size - 1 : size;
    }
    return index;
}

Py_ssize_t PySlice_AdjustIndices(Py_ssize_t size, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t step) {
    *start = within(size, *start, step);
    *stop = within(size, *stop, step);
    if (step < 0) return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
    return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

int PySlice_GetIndicesEx(PyObject* op, Py_ssize_t size, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t* step,
                         Py_ssize_t* count) {
    if (PySlice_Unpack(op, start, stop, step) < 0) return -1;
    *count = PySlice_AdjustIndices(size, start, stop, *step);
    return 0;
}

void gnomon_clamp(Py_ssize_t size, Py_ssize_t* low, Py_ssize_t* high) {
    if (*low < 0) *low = 0;
    if (*low > size) *low = size;
    if (*high < *low) *high = *low;
    if (*high > size) *high = size;
}

Py_ssize_t gnomon_subscript(PyObject* key, Py_ssize_t size, Py_ssize_t* start, Py_ssize_t* step) {
    if (PyIndex_Check(key)) {
        *start = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (*start == -1 && gnomon_is_raised()) return GNOMON_NO_SUBSCRIPT;
        if (*start < 0) *start += size;
        return GNOMON_ONE_ITEM;
    }
    if (Py_TYPE(key) != &PySlice_Type) {
        gnomon_raise(PyExc_TypeError);
        return GNOMON_NO_SUBSCRIPT;
    }
    Py_ssize_t stop;
    if (PySlice_Unpack(key, start, &stop, step) < 0) return GNOMON_NO_SUBSCRIPT;
    return PySlice_AdjustIndices(size, start, &stop, *step);
}

static void let_slice_go(PyObject* op) {
    gnomon_drop(((PySliceObject*)op)->start);
    gnomon_drop(((PySliceObject*)op)->stop);
    gnomon_drop(((PySliceObject*)op)->step);
    gnomon_free(op);
}

static PyObject* compared(PyObject* op, PyObject* other, int operation) {
    if (!PySlice_Check(other)) Py_RETURN_NOTIMPLEMENTED;
    return gnomon_compare_items(&((PySliceObject*)op)->start, 3, &((PySliceObject*)other)->start, 3, operation);
}

#if PY_VERSION_HEX >= 0x030C0000
/* The same for all: nobody looks at the hashes of slices. */
static Py_hash_t hash(PyObject* op) {
    PySliceObject* slice = (PySliceObject*)op;
    int is_hashable = gnomon_is_hashable(slice->start) && gnomon_is_hashable(slice->stop);
    return is_hashable && gnomon_is_hashable(slice->step) ? 1 : -1;
}
#else
#define hash PyObject_HashNotImplemented
#endif

PyTypeObject PySlice_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "slice",
    .tp_basicsize = sizeof(PySliceObject),
    .tp_dealloc = let_slice_go,
    .tp_hash = hash,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY,
    .tp_richcompare = compared,
    .tp_base = &PyBaseObject_Type,
};
