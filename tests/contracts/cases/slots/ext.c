#include <Python.h>
#include <stdbool.h>

static int hash_of_int(PyObject *self) { return self != NULL; }
static Py_hash_t hash(PyObject *self) { return self != NULL; }
static long hash_of_long(PyObject *self) { return self != NULL; }
static int length_of_int(PyObject *self) { return self != NULL; }
static Py_ssize_t length(PyObject *self) { return self != NULL; }
static bool has(PyObject *self, PyObject *item) { return self == item; }
static int has_of_int(PyObject *self, PyObject *item) { return self == item; }
static void start(PyObject *self, PyObject *args, PyObject *named) { (void)self, (void)args, (void)named; }
static int start_short(PyObject *self, PyObject *args) { return self == args; }
static int start_right(PyObject *self, PyObject *args, PyObject *named) { return self == args && named; }
static PyObject *item_by_object(PyObject *self, PyObject *index) { return index ? self : NULL; }
static PyObject *item_by_int(PyObject *self, int index) { return index ? self : NULL; }
static PyObject *item(PyObject *self, Py_ssize_t index) { return index ? self : NULL; }
static int compare_old(PyObject *self, PyObject *other) { return self == other; }
static PyObject *compare(PyObject *self, PyObject *other, int how) { return how ? self : other; }
static void clear(PyObject *self) { (void)self; }
static int set_closed(PyObject *self, PyObject *value) { return self == value; }
static PyObject *get_closed(PyObject *self) { return self; }
static PyObject *get_more(PyObject *self, void *closure, int more) { return closure && more ? self : NULL; }
static PyObject *call(PyObject *self, PyObject *const *args, size_t count, PyObject *names) {
    return count && names ? args[0] : self;
}
static PyObject *negate(PyObject *self) { return self; }

static PySequenceMethods wrong_sequence = {
    .sq_length = (lenfunc)length_of_int,  //~ error[contract.slot]: `length_of_int` in the slot `sq_length` returns `int`, and CPython reads a `Py_ssize_t`
    .sq_contains = (objobjproc)has,  //~ error[contract.slot]: `has` in the slot `sq_contains` returns `_Bool`, and CPython reads an `int`
    .sq_item = (ssizeargfunc)item_by_object,  //~ error[contract.slot]: has a parameter `index` of type `PyObject *`, and CPython passes a `Py_ssize_t`
};
static PySequenceMethods right_sequence = {.sq_length = length, .sq_contains = has_of_int, .sq_item = item};
static PyNumberMethods wrong_number = {
    .nb_negative = (unaryfunc)compare,  //~ error[contract.slot]: `compare` in the slot `nb_negative` takes 3 parameters, and CPython passes 1
};
static PyNumberMethods right_number = {.nb_negative = negate};
static PyGetSetDef wrong_getters[] = {
    {"more", (getter)get_more, NULL, NULL, NULL},  //~ error[contract.slot]: `get_more` in the slot `get` takes 3 parameters, and CPython passes 2
    {NULL},
};
static PyGetSetDef right_getters[] = {{"closed", (getter)get_closed, (setter)set_closed, NULL, NULL}, {NULL}};

PyTypeObject wrong_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ext.Wrong",
    .tp_hash = (hashfunc)hash_of_int,  //~ error[contract.slot]: `hash_of_int` in the slot `tp_hash` returns `int`
    .tp_init = (initproc)start,  //~ error[contract.slot]: `start` in the slot `tp_init` returns nothing, and CPython reads an `int`
    .tp_richcompare = (richcmpfunc)compare_old,  //~ error[contract.slot]: returns `int`, and CPython reads a pointer
    .tp_as_sequence = &wrong_sequence,
    .tp_as_number = &wrong_number,
    .tp_getset = wrong_getters,
};
PyTypeObject right_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ext.Right",
    .tp_hash = hash,
    .tp_init = start_right,
    .tp_richcompare = compare,
    .tp_clear = (inquiry)clear,
    .tp_vectorcall = call,
    .tp_new = PyType_GenericNew,
    .tp_as_sequence = &right_sequence,
    .tp_as_number = &right_number,
    .tp_getset = right_getters,
};
static PyType_Slot wrong_slots[] = {
    {Py_tp_hash, (void *)hash_of_int},  //~ error[contract.slot]: `hash_of_int` in the slot `tp_hash`
    {Py_tp_init, (void *)start_short},  //~ error[contract.slot]: takes 2 parameters, and CPython passes 3: the rest is ignored
    {Py_sq_item, (void *)item_by_int},  //~ error[contract.slot]: has a parameter `index` of type `int`
    {0, NULL},
};
static PyType_Slot right_slots[] = {
    {Py_tp_hash, (void *)hash_of_long},
    {Py_tp_init, (void *)start_right},
    {Py_tp_new, (void *)PyType_GenericNew},
    {0, NULL},
};
PyType_Spec wrong_spec = {"ext.WrongSpec", sizeof(PyObject), 0, 0, wrong_slots};
PyType_Spec right_spec = {"ext.RightSpec", sizeof(PyObject), 0, 0, right_slots};
