/* PyNumber_*: which operand answers, what the answers are, and what is refused. */
#include <limits.h>
#include <string.h>

#include "probe.h"

static void print_double(int line, double value) {
    unsigned long bits;
    memcpy(&bits, &value, sizeof bits);
    printf("%d: double %lx\n", line, bits);
}
#define DOUBLE(call) print_double(__LINE__, call)

static void print_number(int line, PyObject* number) {
    if (!number) {
        printf("%d: null\n", line);
    } else if (number == Py_True || number == Py_False) {
        printf("%d: %s\n", line, number == Py_True ? "True" : "False");
    } else if (PyLong_Check(number)) {
        int overflow;
        long value = PyLong_AsLongAndOverflow(number, &overflow);
        printf("%d: %ld %d\n", line, value, overflow);
    } else if (PyFloat_Check(number)) {
        print_double(line, PyFloat_AS_DOUBLE(number));
    } else {
        printf("%d: %s\n", line, Py_TYPE(number)->tp_name);
    }
    print_error(line);
    Py_XDECREF(number);
}
#define NUMBER(call) print_number(__LINE__, call)

/* A type that adds from the left, one that adds from the right, and one that refuses. */
static PyObject* add_left(PyObject* left, PyObject* right) { return PyLong_FromLong(111); }
static PyObject* refuse(PyObject* left, PyObject* right) { Py_RETURN_NOTIMPLEMENTED; }
static PyObject* give_int(PyObject* object) { return PyLong_FromLong(1234); }
static PyObject* give_float(PyObject* object) { return PyFloat_FromDouble(0.5); }
static PyNumberMethods adder_methods = {.nb_add = add_left, .nb_int = give_int};
static PyNumberMethods refuser_methods = {.nb_add = refuse, .nb_int = give_float, .nb_float = give_int};
static PyNumberMethods float_methods = {.nb_float = give_float, .nb_inplace_add = add_left};
#define TYPE(name, methods)                                                                                    \
    {PyVarObject_HEAD_INIT(NULL, 0).tp_name = name, .tp_basicsize = sizeof(PyObject), .tp_as_number = methods, \
     .tp_flags = Py_TPFLAGS_DEFAULT}
static PyTypeObject adder_type = TYPE("probe.adder", &adder_methods);
static PyTypeObject refuser_type = TYPE("probe.refuser", &refuser_methods);
static PyTypeObject float_type = TYPE("probe.float", &float_methods);

static void compute(PyObject* left, PyObject* right) {
    NUMBER(PyNumber_Add(left, right));
    NUMBER(PyNumber_Subtract(left, right));
    NUMBER(PyNumber_Multiply(left, right));
    NUMBER(PyNumber_FloorDivide(left, right));
    NUMBER(PyNumber_Remainder(left, right));
    NUMBER(PyNumber_TrueDivide(left, right));
    NUMBER(PyNumber_And(left, right));
    NUMBER(PyNumber_Or(left, right));
    NUMBER(PyNumber_Xor(left, right));
    NUMBER(PyNumber_InPlaceAdd(left, right));
    NUMBER(PyNumber_InPlaceSubtract(left, right));
    NUMBER(PyNumber_InPlaceMultiply(left, right));
    NUMBER(PyNumber_MatrixMultiply(left, right));
    for (int operation = 0; operation < 6; ++operation) NUMBER(PyObject_RichCompare(left, right, operation));
}

static void convert(PyObject* object) {
    PRINT(PyNumber_Check(object));
    PRINT(PyIndex_Check(object));
    if (!PyComplex_Check(object)) {
        NUMBER(PyNumber_Negative(object));
        NUMBER(PyNumber_Positive(object));
        NUMBER(PyNumber_Absolute(object));
    }
    NUMBER(PyNumber_Invert(object));
    NUMBER(PyNumber_Index(object));
    NUMBER(PyNumber_Long(object));
    NUMBER(PyNumber_Float(object));
    PRINT(PyNumber_AsSsize_t(object, PyExc_KeyError));
    ERROR();
    PRINT(PyNumber_AsSsize_t(object, NULL));
    ERROR();
    DOUBLE(PyFloat_AsDouble(object));
    ERROR();
    DOUBLE(PyComplex_RealAsDouble(object));
    ERROR();
    DOUBLE(PyComplex_ImagAsDouble(object));
    PyErr_Clear();
    DOUBLE(PyComplex_AsCComplex(object).real);
    ERROR();
}

static void convert_and_drop(PyObject* object) {
    convert(object);
    Py_DECREF(object);
}

static void parse(const char* text, int base) {
    char* end = NULL;
    NUMBER(PyLong_FromString(text, &end, base));
    PRINT(end ? end - text : -1);
    NUMBER(PyLong_FromString(text, NULL, base));
    PyObject* string = PyUnicode_FromString(text);
    NUMBER(PyLong_FromUnicodeObject(string, base));
    NUMBER(PyNumber_Long(string));
    NUMBER(PyNumber_Float(string));
    NUMBER(PyFloat_FromString(string));
    Py_DECREF(string);
}

#if PY_VERSION_HEX >= 0x030D0000
#define AS_BYTES(...) _PyLong_AsByteArray(__VA_ARGS__, 1)
#else
#define AS_BYTES _PyLong_AsByteArray
#endif

static void as_bytes(PyObject* number) {
    static const int sizes[] = {1, 2, 4, 7, 8, 12};
    for (int i = 0; i < 6; ++i) {
        for (int way = 0; way < 4; ++way) {
            unsigned char bytes[12] = {0};
            int is_little = way & 1, is_signed = way >> 1;
            int result = AS_BYTES((PyLongObject*)number, bytes, sizes[i], is_little, is_signed);
            printf("%d of %d bytes:", result, sizes[i]);
            for (int at = 0; at < sizes[i] && result == 0; ++at) printf(" %x", bytes[at]);
            printf("\n");
            ERROR();
            if (result == 0 && sizes[i] <= 8) NUMBER(_PyLong_FromByteArray(bytes, sizes[i], is_little, is_signed));
        }
    }
}

int main(void) {
    start();
    PyType_Ready(&adder_type);
    PyType_Ready(&refuser_type);
    PyType_Ready(&float_type);
    long values[] = {0, 7, -7, 3, -3, LONG_MAX, LONG_MIN, 1L << 40};
    for (int i = 0; i < 8; ++i) {
        PyObject* left = PyLong_FromLong(values[i]);
        for (int j = 0; j < 8; ++j) {
            PyObject* right = PyLong_FromLong(values[j]);
            if (i < 5 && j < 5)
                compute(left, right);
            else
                NUMBER(PyNumber_Add(left, right)), NUMBER(PyNumber_Multiply(left, right));
            Py_DECREF(right);
        }
        convert(left);
        Py_DECREF(left);
    }
    long few_values[] = {0, 1, -1, 127, 128, 255, -128, -129, 0x12345678, -0x12345678, LONG_MAX, LONG_MIN};
    for (int i = 0; i < 12; ++i) as_bytes(PyLong_FromLong(few_values[i]));
    as_bytes(PyLong_FromUnsignedLong(ULONG_MAX));
    convert_and_drop(PyLong_FromUnsignedLong(ULONG_MAX));
    convert_and_drop(PyFloat_FromDouble(2.75));
    convert_and_drop(PyFloat_FromDouble(-1e300));
    convert_and_drop(PyBool_FromLong(1));
    convert_and_drop(PyComplex_FromDoubles(1.5, 2.5));

    PyObject* one = PyLong_FromLong(100000);
    PyObject* real = PyFloat_FromDouble(-2.5);
    PyObject* adder = PyObject_New(PyObject, &adder_type);
    PyObject* refuser = PyObject_New(PyObject, &refuser_type);
    PyObject* floating = PyObject_New(PyObject, &float_type);
    PyObject* thing = new_thing();
    compute(one, real);
    compute(real, one);
    compute(real, real);
    compute(Py_True, Py_False);
    compute(Py_True, one);
    NUMBER(PyNumber_Add(adder, one));
    NUMBER(PyNumber_Add(one, adder));
    NUMBER(PyNumber_Add(refuser, adder));
    NUMBER(PyNumber_Add(refuser, one));
    NUMBER(PyNumber_Add(one, refuser));
    NUMBER(PyNumber_Add(one, thing));
    NUMBER(PyNumber_Add(thing, thing));
    NUMBER(PyNumber_InPlaceAdd(floating, one));
    NUMBER(PyNumber_InPlaceAdd(one, floating));
    NUMBER(PyNumber_Negative(NULL));
    NUMBER(PyNumber_Index(NULL));
    NUMBER(PyNumber_Long(NULL));
    NUMBER(PyNumber_Float(NULL));
    convert(adder);
    convert(refuser);
    convert(floating);
    convert(thing);
    PRINT(PyNumber_Check(NULL));
    DOUBLE(PyFloat_AsDouble(NULL));
    ERROR();

    PyObject* few = PyLong_FromLong(5);
    PyObject* below = PyLong_FromLong(-5);
    PyObject* many = PyLong_FromLong(200);
    NUMBER(PyNumber_Lshift(one, few));
    NUMBER(PyNumber_Rshift(one, few));
    NUMBER(PyNumber_Lshift(below, few));
    NUMBER(PyNumber_Rshift(below, few));
    NUMBER(PyNumber_Lshift(one, many));
    NUMBER(PyNumber_Rshift(one, many));
    NUMBER(PyNumber_Rshift(below, many));
    NUMBER(PyNumber_Lshift(one, below));
    NUMBER(PyNumber_Rshift(one, below));
    NUMBER(PyNumber_Power(few, few, Py_None));
    NUMBER(PyNumber_Power(below, few, Py_None));
    NUMBER(PyNumber_Power(few, many, Py_None));
    NUMBER(PyNumber_Power(below, many, Py_None));
    NUMBER(PyNumber_Power(real, few, Py_None));
    NUMBER(PyNumber_Power(thing, few, Py_None));
    NUMBER(PyNumber_InPlacePower(few, few, Py_None));
    PyObject* text = PyUnicode_FromString("ab");
    PRINT(PyUnicode_GET_LENGTH(PyNumber_Multiply(text, few)));
    PRINT(PyUnicode_GET_LENGTH(PyNumber_Multiply(few, text)));
    PRINT(PyUnicode_GET_LENGTH(PyNumber_Add(text, text)));
    NUMBER(PyNumber_Add(text, few));
    NUMBER(PyNumber_Add(few, text));
    NUMBER(PyNumber_Multiply(text, real));
    NUMBER(PyNumber_Divmod(thing, few));

    parse("12", 10);
    parse(" -34 ", 10);
    parse("56x", 10);
    parse("x", 10);
    parse("", 10);
    parse("99999999999999999999", 10);
    parse("-99999999999999999999", 10);
    parse("18446744073709551615", 10);
    parse("ff", 16);
    parse("0xff", 16);
    parse("0xff", 0);
    parse("12", 0);
    parse("z", 36);
    parse("1.5e3", 10);
    parse(" inf", 10);
    parse("12", 1);
    parse("12", 37);
    return 0;
}
