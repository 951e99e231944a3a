/* Ints: how they come, and what C code reads of them. Exact while they have 64 bits. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <float.h>

#include "cpython.h"
#if PY_VERSION_HEX < 0x030B0000
#include <longintrepr.h>
#endif

#define TWO_TO_63 9223372036854775808.0

extern PyNumberMethods gnomon_int_as_number, gnomon_bool_as_number; /* cpython_int_arithmetic.c */
PyObject* gnomon_compare_ints(PyObject* left, PyObject* right, int operation);

static void int_dealloc(PyObject* object) { gnomon_free(object); }

static Py_hash_t int_hash(PyObject* object) {
    long value;
    if (!gnomon_int_value(object, &value)) return __gnomon_unknown();
    long hash = value % ((1L << 61) - 1);
    return hash == -1 ? -2 : hash;
}

static PyObject* int_repr(PyObject* object) {
    (void)object;
    return gnomon_some_str();
}

static PyObject* int_new(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    if (type != &PyLong_Type || kwds || PyTuple_GET_SIZE(args) > 1) __gnomon_not_modelled("int() of this");
    return PyTuple_GET_SIZE(args) ? PyNumber_Long(PyTuple_GET_ITEM(args, 0)) : PyLong_FromLong(0);
}

static PyObject* bool_new(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    (void)type;
    if (kwds || PyTuple_GET_SIZE(args) > 1) return gnomon_raise(PyExc_TypeError);
    int truth = PyTuple_GET_SIZE(args) ? PyObject_IsTrue(PyTuple_GET_ITEM(args, 0)) : 0;
    return truth < 0 ? NULL : PyBool_FromLong(truth);
}

PyTypeObject PyLong_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "int",
    .tp_basicsize = offsetof(struct gnomon_int, value),
    .tp_itemsize = 4,
    .tp_dealloc = int_dealloc,
    .tp_repr = int_repr,
    .tp_as_number = &gnomon_int_as_number,
    .tp_hash = int_hash,
    .tp_richcompare = gnomon_compare_ints,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_new = int_new,
    .tp_free = PyObject_Free,
};

PyTypeObject PyBool_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "bool",
    .tp_basicsize = offsetof(struct gnomon_int, value),
    .tp_itemsize = 4,
    .tp_dealloc = int_dealloc,
    .tp_repr = int_repr,
    .tp_as_number = &gnomon_bool_as_number,
    .tp_hash = int_hash,
    .tp_richcompare = gnomon_compare_ints,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_LONG_SUBCLASS | Py_TPFLAGS_READY,
    .tp_base = &PyLong_Type,
    .tp_new = bool_new,
    .tp_free = PyObject_Free,
};

#if PY_VERSION_HEX >= 0x030C0000
struct _longobject _Py_FalseStruct = {STATIC_HEAD(&PyBool_Type), {1, {0}}};
struct _longobject _Py_TrueStruct = {STATIC_HEAD(&PyBool_Type), {1 << _PyLong_NON_SIZE_BITS, {1}}};
#else
struct _longobject _Py_FalseStruct = {{STATIC_HEAD(&PyBool_Type), 0}, {0}};
struct _longobject _Py_TrueStruct = {{STATIC_HEAD(&PyBool_Type), 1}, {1}};
#endif

static void* become_int(void* block, long value, int range) {
    struct gnomon_int* number = gnomon_become(block, &PyLong_Type);
    __gnomon_typed((PyLongObject*)number);
    number->head.ob_size = __gnomon_unknown();
    number->value = value;
    number->range = range;
    return number;
}

/* Small ints are the interpreter's own. Said without a branch: their values are anything. */
static int is_small(long value, int range) { return (range == IN_LONG) & ((unsigned long)value + 5 <= 261); }

static void* become_small(struct gnomon_int* number) {
    __gnomon_shared(number, is_small(number->value, number->range));
    return number;
}

static PyObject* new_int(long value, int range) {
    if (gnomon_allocation_fails()) {
        __gnomon_assume(!is_small(value, range));
        return PyErr_NoMemory();
    }
    return become_int(__gnomon_allocate_zero(sizeof(struct gnomon_int)), value, range);
}

PyObject* gnomon_new_int(long value, int range) {
    PyObject* number = new_int(value, range);
    return number ? become_small((struct gnomon_int*)number) : NULL;
}

void* gnomon_become_int(void* block, long id) {
    __gnomon_resize(block, sizeof(struct gnomon_int));
    return become_small(become_int(block, __gnomon_choose_long_as(id, "value", 1, 0), IN_LONG));
}

/* 2**1100, or -2**1100: no double is so large. */
void* gnomon_become_huge(void* block, long id) {
    __gnomon_resize(block, sizeof(struct gnomon_int));
    return become_int(block, __gnomon_choose_int_as(id, "value", -1, 0) ? -1 : 1, BEYOND_DOUBLE);
}

int gnomon_int_range(PyObject* object) {
    return Py_IS_TYPE(object, &PyBool_Type) ? IN_LONG : ((struct gnomon_int*)object)->range;
}

static long bits_of(PyObject* object) {
    if (Py_IS_TYPE(object, &PyBool_Type)) return object == Py_True;
    return ((struct gnomon_int*)object)->value;
}

int gnomon_int_value(PyObject* object, long* value) {
    *value = bits_of(object);
    return gnomon_int_range(object) == IN_LONG;
}

/* Is it below zero, for all that is known of it? */
static int is_negative(PyObject* number) { return gnomon_int_range(number) != IN_UNSIGNED_LONG && bits_of(number) < 0; }

/* The inline functions of later headers that look at digits. */
int gnomon_inline__PyLong_IsCompact(const PyLongObject* object) {
    long value;
    return gnomon_int_value((PyObject*)object, &value) && value > -(1L << PyLong_SHIFT) && value < 1L << PyLong_SHIFT;
}
Py_ssize_t gnomon_inline__PyLong_CompactValue(const PyLongObject* object) { return bits_of((PyObject*)object); }

PyObject* PyBool_FromLong(long truth) { return Py_NewRef(truth ? Py_True : Py_False); }

PyObject* PyLong_FromLong(long value) { return gnomon_new_int(value, IN_LONG); }
PyObject* PyLong_FromLongLong(long long value) { return gnomon_new_int(value, IN_LONG); }
PyObject* PyLong_FromSsize_t(Py_ssize_t value) { return gnomon_new_int(value, IN_LONG); }
PyObject* PyLong_FromUnsignedLong(unsigned long value) {
    return gnomon_new_int((long)value, value > LONG_MAX ? IN_UNSIGNED_LONG : IN_LONG);
}
PyObject* PyLong_FromUnsignedLongLong(unsigned long long value) { return PyLong_FromUnsignedLong(value); }
PyObject* PyLong_FromSize_t(size_t value) { return PyLong_FromUnsignedLong(value); }

/* No order of addresses is asked for: all are positive, and none but null is small. */
PyObject* PyLong_FromVoidPtr(void* pointer) { return pointer ? new_int((long)pointer, IN_LONG) : PyLong_FromLong(0); }

PyObject* PyLong_FromDouble(double value) {
    if (value != value) return gnomon_raise(PyExc_ValueError);
    if (value > DBL_MAX || value < -DBL_MAX) return gnomon_raise(PyExc_OverflowError);
    if (value >= -TWO_TO_63 && value < TWO_TO_63) return PyLong_FromLong((long)value);
    if (value > 0 && value < 2 * TWO_TO_63) return PyLong_FromUnsignedLong((unsigned long)value);
    return gnomon_new_int(value < 0 ? -1 : 1, BEYOND);
}

/* What reads an int takes what has __index__ for one. */
static long read_long(PyObject* number, int* overflow) {
    long value;
    if (gnomon_int_value(number, &value)) return value;
    *overflow = is_negative(number) ? -1 : 1;
    return -1;
}

long PyLong_AsLongAndOverflow(PyObject* object, int* overflow) {
    *overflow = 0;
    if (!object)
        gnomon_bad_call();
    else if (PyLong_Check(object))
        return read_long(object, overflow);
    PyObject* number = object ? PyNumber_Index(object) : NULL;
    if (!number) return -1;
    long value = read_long(number, overflow);
    Py_DECREF(number);
    return value;
}

long PyLong_AsLong(PyObject* object) {
    int overflow;
    long value = PyLong_AsLongAndOverflow(object, &overflow);
    if (overflow) gnomon_raise(PyExc_OverflowError);
    return value;
}

long long PyLong_AsLongLongAndOverflow(PyObject* object, int* overflow) {
    return PyLong_AsLongAndOverflow(object, overflow);
}
long long PyLong_AsLongLong(PyObject* object) { return PyLong_AsLong(object); }

static int as_c_int(PyObject* object) {
    int overflow;
    long value = PyLong_AsLongAndOverflow(object, &overflow);
    if (overflow || value > INT_MAX || value < INT_MIN) return gnomon_fail(PyExc_OverflowError);
    return (int)value;
}

int _PyLong_AsInt(PyObject* object) { return as_c_int(object); }
int PyLong_AsInt(PyObject* object) { return as_c_int(object); }

/* Those that take nothing but ints. */
static int is_int(PyObject* object) {
    if (!object)
        gnomon_bad_call();
    else if (!PyLong_Check(object))
        gnomon_raise(PyExc_TypeError);
    else
        return 1;
    return 0;
}

Py_ssize_t PyLong_AsSsize_t(PyObject* object) {
    long value;
    if (!is_int(object)) return -1;
    return gnomon_int_value(object, &value) ? value : gnomon_fail(PyExc_OverflowError);
}

unsigned long PyLong_AsUnsignedLong(PyObject* object) {
    if (!is_int(object)) return (unsigned long)-1;
    if (gnomon_int_range(object) >= BEYOND || is_negative(object)) {
        gnomon_raise(PyExc_OverflowError);
        return (unsigned long)-1;
    }
    return (unsigned long)bits_of(object);
}

unsigned long long PyLong_AsUnsignedLongLong(PyObject* object) { return PyLong_AsUnsignedLong(object); }
size_t PyLong_AsSize_t(PyObject* object) { return PyLong_AsUnsignedLong(object); }

static unsigned long lower_bits(PyObject* number) {
    int range = gnomon_int_range(number);
    return (unsigned long)(range == BEYOND ? __gnomon_unknown() : range == BEYOND_DOUBLE ? 0 : bits_of(number));
}

unsigned long PyLong_AsUnsignedLongMask(PyObject* object) {
    if (!object)
        gnomon_bad_call();
    else if (PyLong_Check(object))
        return lower_bits(object);
    PyObject* number = object ? PyNumber_Index(object) : NULL;
    if (!number) return (unsigned long)-1;
    unsigned long bits = lower_bits(number);
    Py_DECREF(number);
    return bits;
}

unsigned long long PyLong_AsUnsignedLongLongMask(PyObject* object) { return PyLong_AsUnsignedLongMask(object); }

double PyLong_AsDouble(PyObject* object) {
    if (!is_int(object)) return -1.0;
    switch (gnomon_int_range(object)) {
        case IN_LONG:
            return (double)bits_of(object);
        case IN_UNSIGNED_LONG:
            return (double)(unsigned long)bits_of(object);
        case BEYOND_DOUBLE:
            return gnomon_fail(PyExc_OverflowError);
    }
    __gnomon_not_modelled("a huge int as a float");
    return -1.0;
}

void* PyLong_AsVoidPtr(PyObject* object) {
    if (!PyLong_Check(object)) return gnomon_raise(PyExc_TypeError);
    if (gnomon_int_range(object) >= BEYOND) return gnomon_raise(PyExc_OverflowError);
    return (void*)bits_of(object);
}

int _PyLong_Sign(PyObject* object) { return is_negative(object) ? -1 : bits_of(object) != 0; }

size_t _PyLong_NumBits(PyObject* object) {
    long value;
    if (!gnomon_int_value(object, &value)) __gnomon_not_modelled("the bits of a huge int");
    unsigned long magnitude = value < 0 ? -(unsigned long)value : (unsigned long)value;
    return magnitude ? (size_t)(64 - __builtin_clzl(magnitude)) : 0;
}
