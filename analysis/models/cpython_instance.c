/* Instances of a class made for the purpose, whose methods do what the world chooses; and objects that nobody knows. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#define MOST_CALLS 15

PyObject* gnomon_call_python(PyObject* instance) {
    struct gnomon_instance* self = (struct gnomon_instance*)instance;
    if (self->calls == MOST_CALLS) __gnomon_exit_program();
    long id = CHILD(self->id, self->calls);
    self->calls += 1;
    if (__gnomon_choose_int_as(id, "raises", 0, 1)) return gnomon_raise(PyExc_RuntimeError);
    return gnomon_any_new(id);
}

static void let_instance_go(PyObject* object) {
    PyObject_ClearWeakRefs(object);
    gnomon_free(object);
}

static PyObject* answer(PyObject* self) { return gnomon_call_python(self); }
static PyObject* answer_to_one(PyObject* self, PyObject* other) {
    (void)other;
    return gnomon_call_python(self);
}
/* Either operand may be the instance; of two, the left one answers. */
static PyObject* answer_as_operand(PyObject* left, PyObject* right) {
    return gnomon_call_python(Py_IS_TYPE(left, &gnomon_Any_Type) ? left : right);
}
static PyObject* call(PyObject* self, PyObject* args, PyObject* kwds) {
    (void)args, (void)kwds;
    return gnomon_call_python(self);
}
static PyObject* item(PyObject* self, Py_ssize_t index) {
    (void)index;
    return gnomon_call_python(self);
}

/* A method that returns an int; what is none is refused by whoever asked. */
static Py_ssize_t length(PyObject* self) {
    PyObject* given = gnomon_call_python(self);
    if (!given) return -1;
    Py_ssize_t number = PyLong_Check(given) ? PyLong_AsSsize_t(given) : gnomon_fail(PyExc_TypeError);
    Py_DECREF(given);
    if (number < 0 && !gnomon_is_raised()) return gnomon_fail(PyExc_ValueError);
    return number;
}

static int truth(PyObject* self) {
    PyObject* given = gnomon_call_python(self);
    if (!given) return -1;
    int is_true = given == Py_True ? 1 : given == Py_False ? 0 : gnomon_fail(PyExc_TypeError);
    Py_DECREF(given);
    return is_true;
}

static Py_hash_t hash(PyObject* self) {
    PyObject* given = gnomon_call_python(self);
    if (!given) return -1;
    Py_hash_t number = PyLong_Check(given) ? 1 : gnomon_fail(PyExc_TypeError);
    Py_DECREF(given);
    return number;
}

static PyObject* compare(PyObject* self, PyObject* other, int operation) {
    (void)other, (void)operation;
    return gnomon_call_python(self);
}

static int set(PyObject* self, PyObject* key, PyObject* value) {
    (void)key, (void)value;
    PyObject* given = gnomon_call_python(self);
    if (!given) return -1;
    Py_DECREF(given);
    return 0;
}

static PyObject* next(PyObject* self) {
    PyObject* given = gnomon_call_python(self);
    if (!given && PyErr_ExceptionMatches(PyExc_StopIteration)) gnomon_clear();
    return given;
}

static PyNumberMethods as_number = {
    .nb_index = answer,
    .nb_int = answer,
    .nb_float = answer,
    .nb_bool = truth,
    .nb_add = answer_as_operand,
    .nb_subtract = answer_as_operand,
    .nb_multiply = answer_as_operand,
};
static PySequenceMethods as_sequence = {.sq_length = length, .sq_item = item};
static PyMappingMethods as_mapping = {.mp_length = length, .mp_subscript = answer_to_one, .mp_ass_subscript = set};

PyTypeObject gnomon_Any_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "Any",
    .tp_basicsize = sizeof(struct gnomon_instance),
    .tp_dealloc = let_instance_go,
    .tp_as_number = &as_number,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_call = call,
    .tp_str = answer,
    .tp_repr = answer,
    .tp_hash = hash,
    .tp_richcompare = compare,
    .tp_iter = answer,
    .tp_iternext = next,
    .tp_getattro = answer_to_one,
    .tp_setattro = set,
};
