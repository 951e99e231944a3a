/* What the models of containers share. */
#pragma once
#include "cpython.h"

/* What obj[key] means for a sequence of so many items: how many items, from `start` in steps; or one of these. */
#define GNOMON_ONE_ITEM (-1)     /* the one at `start`, which may be out of bounds */
#define GNOMON_NO_SUBSCRIPT (-2) /* an exception is set */
Py_ssize_t gnomon_subscript(PyObject* key, Py_ssize_t size, Py_ssize_t* start, Py_ssize_t* step);

/* Into the bounds of a sequence of `size` items, as slices of C do it. */
void gnomon_clamp(Py_ssize_t size, Py_ssize_t* low, Py_ssize_t* high);

/* Are two keys equal, whose hashes are no matter? -1: an exception is set. */
int gnomon_is_same_key(PyObject* key, PyObject* other);
int gnomon_is_hashable(PyObject* key); /* 0: an exception is set */

/* tp_richcompare of lists and tuples, by these. */
PyObject* gnomon_compare_items(PyObject** left, Py_ssize_t left_size, PyObject** right, Py_ssize_t right_size,
                               int operation);

#if PY_VERSION_HEX < 0x030D0000
int PyList_Extend(PyObject* list, PyObject* iterable);
#endif

/* Iterators over what the library's types hold. */
PyObject* gnomon_iterate_list(PyObject* list);
PyObject* gnomon_iterate_tuple(PyObject* tuple);
PyObject* gnomon_iterate_dict(PyObject* dict);

#define STEAL_IF(object) ((object) ? gnomon_steal(object) : (void)0)
#define SLOTS(count) ((size_t)(count) * sizeof(PyObject*))
