/* Instances of a class made for the purpose, whose methods do what the world chooses; and objects that nobody knows. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#define MOST_CALLS 15

/* A call of the extension's that Python code makes while another one runs: of its slots and methods, those that give an
   object, with a third argument or without, or a status. */
enum { GIVES_OBJECT, GIVES_OBJECT_OF_THREE, GIVES_STATUS };
static struct {
    void* function;
    int shape;
    PyObject *self, *argument;
} inner;

void gnomon_let_call_back(void* function, int shape, PyObject* self, PyObject* argument) {
    inner.function = function;
    inner.shape = shape;
    inner.self = self;
    inner.argument = argument;
}
void gnomon_end_calling_back(void) {
    inner.function = NULL;
    inner.self = inner.argument = NULL; /* else they are referred to */
}
int gnomon_may_call_back(void) { return inner.function != NULL; }

/* What it raises, whoever calls back catches. */
static void call_back(void) {
    void* function = inner.function;
    PyObject *self = inner.self, *argument = inner.argument, *result = NULL;
    int status = 0;
    PyObject *raised_type, *raised_value, *traceback;
    PyErr_Fetch(&raised_type, &raised_value, &traceback);
    gnomon_end_calling_back();
    if (inner.shape == GIVES_OBJECT)
        result = ((PyCFunction)function)(self, argument);
    else if (inner.shape == GIVES_OBJECT_OF_THREE)
        result = ((ternaryfunc)function)(self, argument, NULL);
    else
        status = ((initproc)function)(self, argument, NULL);
    int has_failed = inner.shape == GIVES_STATUS ? status < 0 : !result;
    if (result) gnomon_steal(result);
    __gnomon_returned(result, has_failed, gnomon_is_raised(), result && gnomon_gives_too_much(result), 0, 0);
    if (result) gnomon_drop(result);
    PyErr_Restore(raised_type, raised_value, traceback);
}

PyObject* gnomon_call_python(PyObject* instance) {
    struct gnomon_instance* self = (struct gnomon_instance*)instance;
    if (self->calls == MOST_CALLS) __gnomon_exit_program();
    if (gnomon_is_raised()) gnomon_called_with_exception();
    long id = CHILD(self->id, self->calls);
    self->calls += 1;
    if (inner.function && __gnomon_choose_int_as(id, "calls back", 0, 1)) call_back();
    if (__gnomon_choose_int_as(id, "raises", 0, 1)) return gnomon_raise(PyExc_RuntimeError);
    return gnomon_any_new(id);
}

/* Its `__del__` may call back while the object is still there; who refers to it then, keeps it. */
static int is_kept(PyObject* object) {
    if (!inner.function || !__gnomon_choose_int_as(((struct gnomon_instance*)object)->id, "calls back at its end", 0, 1))
        return 0;
    gnomon_hold(object);
    call_back();
    return gnomon_let_be(object);
}

static void let_instance_go(PyObject* object) {
    if (is_kept(object)) return;
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
