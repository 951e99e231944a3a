/* Iterators, and what is done with any of them. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython_containers.h"

struct iterator {
    PyObject head;
    PyObject* sequence; /* null: it has ended */
    Py_ssize_t index;
};

static PyObject* iterate(PyTypeObject* type, PyObject* sequence) {
    struct iterator* iterator = gnomon_new(type, (size_t)type->tp_basicsize);
    if (!iterator) return NULL;
    gnomon_hold(sequence);
    iterator->sequence = sequence;
    return (PyObject*)iterator;
}

static void let_iterator_go(PyObject* op) {
    gnomon_drop_if(((struct iterator*)op)->sequence);
    gnomon_free(op);
}

static PyObject* end(struct iterator* iterator) {
    PyObject* sequence = iterator->sequence;
    iterator->sequence = NULL;
    gnomon_drop(sequence);
    return NULL;
}

static PyObject* itself(PyObject* op) { return Py_NewRef(op); }

static PyObject* next_of_list(PyObject* op) {
    struct iterator* iterator = (struct iterator*)op;
    if (!iterator->sequence) return NULL;
    if (iterator->index >= Py_SIZE(iterator->sequence)) return end(iterator);
    return Py_NewRef(((PyListObject*)iterator->sequence)->ob_item[iterator->index++]);
}

static PyObject* next_of_tuple(PyObject* op) {
    struct iterator* iterator = (struct iterator*)op;
    if (!iterator->sequence) return NULL;
    if (iterator->index >= Py_SIZE(iterator->sequence)) return end(iterator);
    return Py_NewRef(((PyTupleObject*)iterator->sequence)->ob_item[iterator->index++]);
}

static PyObject* next_of_sequence(PyObject* op) {
    struct iterator* iterator = (struct iterator*)op;
    if (!iterator->sequence) return NULL;
    if (iterator->index == PY_SSIZE_T_MAX) return gnomon_raise(PyExc_OverflowError);
    PyObject* item = PySequence_GetItem(iterator->sequence, iterator->index);
    if (item) {
        iterator->index += 1;
        return item;
    }
    if (!PyErr_ExceptionMatches(PyExc_IndexError) && !PyErr_ExceptionMatches(PyExc_StopIteration)) return NULL;
    gnomon_clear();
    return end(iterator);
}

/* Of a dict: its keys. `size` is how many there were. */
struct dict_iterator {
    struct iterator iterator;
    Py_ssize_t size;
};

static PyObject* next_of_dict(PyObject* op) {
    struct dict_iterator* self = (struct dict_iterator*)op;
    PyObject *dict = self->iterator.sequence, *key;
    if (!dict) return NULL;
    if (((struct gnomon_dict*)dict)->used != self->size) {
        self->size = -1; /* from now on, always */
        return gnomon_raise(PyExc_RuntimeError);
    }
    return PyDict_Next(dict, &self->iterator.index, &key, NULL) ? Py_NewRef(key) : end(&self->iterator);
}

static PyTypeObject list_iterator = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "list_iterator",
    .tp_basicsize = sizeof(struct iterator),
    .tp_dealloc = let_iterator_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY,
    .tp_iter = itself,
    .tp_iternext = next_of_list,
    .tp_base = &PyBaseObject_Type,
};
static PyTypeObject tuple_iterator = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "tuple_iterator",
    .tp_basicsize = sizeof(struct iterator),
    .tp_dealloc = let_iterator_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY,
    .tp_iter = itself,
    .tp_iternext = next_of_tuple,
    .tp_base = &PyBaseObject_Type,
};
static PyTypeObject dict_iterator = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "dict_keyiterator",
    .tp_basicsize = sizeof(struct dict_iterator),
    .tp_dealloc = let_iterator_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY,
    .tp_iter = itself,
    .tp_iternext = next_of_dict,
    .tp_base = &PyBaseObject_Type,
};
PyTypeObject PySeqIter_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "iterator",
    .tp_basicsize = sizeof(struct iterator),
    .tp_dealloc = let_iterator_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY,
    .tp_iter = itself,
    .tp_iternext = next_of_sequence,
    .tp_base = &PyBaseObject_Type,
};

PyObject* gnomon_iterate_list(PyObject* list) { return iterate(&list_iterator, list); }
PyObject* gnomon_iterate_tuple(PyObject* tuple) { return iterate(&tuple_iterator, tuple); }
PyObject* gnomon_iterate_dict(PyObject* dict) {
    PyObject* iterator = iterate(&dict_iterator, dict);
    if (iterator) ((struct dict_iterator*)iterator)->size = ((struct gnomon_dict*)dict)->used;
    return iterator;
}

PyObject* PySeqIter_New(PyObject* sequence) {
    return PySequence_Check(sequence) ? iterate(&PySeqIter_Type, sequence) : gnomon_bad_call();
}

/* What the interpreter puts into tp_iternext of types that are no iterators. */
PyObject* _PyObject_NextNotImplemented(PyObject* op) {
    (void)op;
    return gnomon_raise(PyExc_TypeError);
}

int PyIter_Check(PyObject* op) {
    iternextfunc next = Py_TYPE(op)->tp_iternext;
    return next && next != _PyObject_NextNotImplemented;
}

PyObject* PyObject_GetIter(PyObject* op) {
    getiterfunc method = Py_TYPE(op)->tp_iter;
    if (!method) return PySequence_Check(op) ? PySeqIter_New(op) : gnomon_raise(PyExc_TypeError);
    PyObject* iterator = method(op);
    if (!iterator || PyIter_Check(iterator)) return iterator;
    Py_DECREF(iterator);
    return gnomon_raise(PyExc_TypeError);
}

PyObject* PyObject_SelfIter(PyObject* op) { return Py_NewRef(op); }

PyObject* PyIter_Next(PyObject* iterator) {
    PyObject* item = Py_TYPE(iterator)->tp_iternext(iterator);
    if (!item && PyErr_ExceptionMatches(PyExc_StopIteration)) gnomon_clear();
    return item;
}

/* What is left, where that is easily said. */
Py_ssize_t PyObject_LengthHint(PyObject* op, Py_ssize_t otherwise) {
    PyTypeObject* type = Py_TYPE(op);
    int has_length = (type->tp_as_sequence && type->tp_as_sequence->sq_length) ||
                     (type->tp_as_mapping && type->tp_as_mapping->mp_length);
    Py_ssize_t length = has_length ? PyObject_Size(op) : -1;
    if (length >= 0) return length;
    if (has_length && gnomon_is_raised() && !PyErr_ExceptionMatches(PyExc_TypeError)) return -1;
    gnomon_clear();
    if (type != &list_iterator && type != &tuple_iterator) return otherwise;
    struct iterator* iterator = (struct iterator*)op;
    return iterator->sequence ? Py_SIZE(iterator->sequence) - iterator->index : 0;
}
