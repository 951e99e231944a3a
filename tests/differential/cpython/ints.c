/* Ints: where they come from, and what C code reads of them. */
#include <limits.h>
#include <string.h>

#include "probe.h"

#define VALUE(call) (PRINT(call), ERROR())
#define INT_OF(object) print_int(__LINE__, object)

static void print_int(int line, PyObject* number) {
    int overflow = 5;
    if (!number) {
        print_error(line);
        return;
    }
    long value = PyLong_AsLongAndOverflow(number, &overflow);
    printf("%d: int %ld %d\n", line, value, overflow);
    Py_DECREF(number);
    print_error(line);
}

static void print_double(int line, double value) {
    unsigned long bits;
    memcpy(&bits, &value, sizeof bits);
    printf("%d: double %lx\n", line, bits);
    print_error(line);
}
#define DOUBLE(call) print_double(__LINE__, call)

static long index_value = 7;
static PyObject* thing_index(PyObject* thing) {
    if (index_value == 0) return PyFloat_FromDouble(1.0);
    if (index_value == -1) {
        PyErr_SetString(PyExc_KeyError, "none");
        return NULL;
    }
    return PyLong_FromLong(index_value);
}
static PyNumberMethods indexed_methods = {.nb_index = thing_index};
static PyTypeObject indexed_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.indexed",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_number = &indexed_methods,
};

static void read_all(PyObject* object) {
    int overflow = 5;
    VALUE(PyLong_AsLong(object));
    VALUE(PyLong_AsLongLong(object));
    VALUE(PyLong_AsLongAndOverflow(object, &overflow));
    PRINT(overflow);
    VALUE(PyLong_AsLongLongAndOverflow(object, &overflow));
    PRINT(overflow);
#if PY_VERSION_HEX >= 0x030D0000
    VALUE(PyLong_AsInt(object));
#else
    VALUE(_PyLong_AsInt(object));
#endif
    VALUE(PyLong_AsSsize_t(object));
    VALUE(PyLong_AsSize_t(object));
    VALUE(PyLong_AsUnsignedLong(object));
    VALUE(PyLong_AsUnsignedLongLong(object));
    VALUE(PyLong_AsUnsignedLongMask(object));
    VALUE(PyLong_AsUnsignedLongLongMask(object));
    if (object) VALUE(PyLong_AsVoidPtr(object));
    DOUBLE(PyLong_AsDouble(object));
    DOUBLE(PyFloat_AsDouble(object));
}

static void read_and_drop(PyObject* object) {
    read_all(object);
    Py_XDECREF(object);
}

int main(void) {
    start();
    PyType_Ready(&indexed_type);
    long values[] = {0, 1, -1, 255, 257, INT_MAX, INT_MIN, (long)INT_MAX + 1, LONG_MAX, LONG_MIN};
    for (int i = 0; i < 10; ++i) read_and_drop(PyLong_FromLong(values[i]));
    read_and_drop(PyLong_FromUnsignedLong(ULONG_MAX));
    read_and_drop(PyLong_FromUnsignedLong(5));
    read_and_drop(PyLong_FromUnsignedLongLong((unsigned long)LONG_MAX + 1));
    read_and_drop(PyLong_FromSize_t((size_t)-2));
    read_and_drop(PyLong_FromSsize_t(-3));
    read_and_drop(PyLong_FromLongLong(-4));
    read_and_drop(PyBool_FromLong(5));
    read_and_drop(PyBool_FromLong(0));
    read_and_drop(PyLong_FromVoidPtr((void*)0x1234));
    read_all(NULL);
    PyObject* thing = new_thing();
    MARK(thing);
    read_all(thing);
    CHANGED(thing);
    PyObject* indexed = PyObject_New(PyObject, &indexed_type);
    for (index_value = -1; index_value < 2; ++index_value) read_all(indexed);
    PyObject* number = PyFloat_FromDouble(1.5);
    read_all(number);
    Py_DECREF(number);

    INT_OF(PyLong_FromDouble(2.9));
    INT_OF(PyLong_FromDouble(-2.9));
    INT_OF(PyLong_FromDouble(-0.0));
    INT_OF(PyLong_FromDouble(1e18));
    INT_OF(PyLong_FromDouble(1e30));
    INT_OF(PyLong_FromDouble(-1e30));
    INT_OF(PyLong_FromDouble(1.2e19));
    INT_OF(PyLong_FromDouble(1e308 * 10));
    INT_OF(PyLong_FromDouble(0.0 * (1e308 * 10)));
    PRINT(PyBool_FromLong(3) == Py_True);
    PRINT(PyBool_FromLong(0) == Py_False);
    PRINT(PyLong_Check(Py_True));
    PRINT(PyLong_CheckExact(Py_True));
    PRINT(PyBool_Check(Py_True));

    number = PyLong_FromLong(100000);
    PRINT(Py_REFCNT(number));
    PyObject* same = PyNumber_Index(number);
    PRINT(same == number);
    PRINT(Py_REFCNT(number));
    Py_DECREF(same);
    same = PyNumber_Long(number);
    PRINT(same == number);
    Py_DECREF(same);
    PRINT(_PyLong_Sign(number));
    PRINT(_PyLong_NumBits(number));
    Py_DECREF(number);
    number = PyLong_FromLong(-8);
    PRINT(_PyLong_Sign(number));
    PRINT(_PyLong_NumBits(number));
    return 0;
}
