/* Units of PyArg_ParseTuple and its kin: what they take, what they write, and when they refuse. */
#include "probe.h"

#define PARSED(args, ...) PRINT(PyArg_ParseTuple(args, __VA_ARGS__))
#define ONE(object) (args = PyTuple_Pack(1, object))

static PyObject* args;

static void numbers(void) {
    unsigned char b = 0;
    short h = 0;
    unsigned short H = 0;
    int i = 0;
    unsigned I = 0;
    long l = 0;
    unsigned long k = 0;
    long long L = 0;
    unsigned long long K = 0;
    Py_ssize_t n = 0;
    const long values[] = {0, -1, 255, 256, -32769, 40000, 65537, 2147483647L, -2147483649L, LONG_MAX, LONG_MIN};
    for (size_t at = 0; at < sizeof values / sizeof *values; ++at) {
        ONE(PyLong_FromLong(values[at]));
        PARSED(args, "b", &b);
        ERROR();
        PARSED(args, "h", &h);
        ERROR();
        PARSED(args, "i", &i);
        ERROR();
        PARSED(args, "l", &l);
        PARSED(args, "n", &n);
        PARSED(args, "L", &L);
        PARSED(args, "H", &H);
        PARSED(args, "I", &I);
        PARSED(args, "k", &k);
        PARSED(args, "K", &K);
        PRINT(b), PRINT(h), PRINT(i), PRINT(l), PRINT(n), PRINT(L), PRINT(H), PRINT(I), PRINT(k), PRINT(K);
        PARSED(args, "B", &b);
        PRINT(b);
        PARSED(args, "p", &i);
        PRINT(i);
    }
    ONE(new_thing());
    PARSED(args, "i", &i);
    ERROR();
    PARSED(args, "n", &n);
    ERROR();
    PARSED(args, "k", &k);
    ERROR();
    PARSED(args, "p", &i);
    PRINT(i);
    double d = 0;
    float f = 0;
    PARSED(args, "d", &d);
    ERROR();
    ONE(PyFloat_FromDouble(2.5));
    PARSED(args, "d", &d);
    PARSED(args, "f", &f);
    PRINT(d * 4 + f);
    PARSED(args, "i", &i);
    ERROR();
}

static void counts(void) {
    int a = 7, b = 8;
    PyObject* one = PyLong_FromLong(1);
    PyObject* none = PyTuple_New(0);
    PyObject* two = PyTuple_Pack(2, one, one);
    PARSED(none, "");
    PARSED(two, "");
    ERROR();
    PARSED(two, "i", &a);
    ERROR();
    PARSED(none, "i:name", &a);
    ERROR();
    PARSED(none, "|ii", &a, &b);
    PRINT(a * 10 + b);
    ONE(one);
    PARSED(args, "|ii;told", &a, &b);
    PRINT(a * 10 + b);
    PARSED(two, "i|i", &b, &a);
    PRINT(a * 10 + b);
    PARSED(one, "i", &a);
    ERROR();
    PRINT(PyArg_Parse(one, "i", &a));
    PRINT(PyArg_Parse(NULL, "i", &a));
    ERROR();
    PyObject *first = NULL, *second = NULL;
    PRINT(PyArg_UnpackTuple(two, "f", 1, 2, &first, &second));
    PRINT(first == one && second == one);
    PRINT(PyArg_UnpackTuple(none, "f", 1, 2, &first, &second));
    ERROR();
}

static void objects(void) {
    PyObject *thing = new_thing(), *got = NULL;
    ONE(thing);
    MARK(thing);
    PARSED(args, "O", &got);
    PRINT(got == thing);
    PARSED(args, "O!", &thing_type, &got);
    PARSED(args, "O!", &PyTuple_Type, &got);
    ERROR();
    PARSED(args, "U", &got);
    ERROR();
    PARSED(args, "S", &got);
    ERROR();
    PARSED(args, "Y", &got);
    ERROR();
    CHANGED(thing);
}

static int cleaned;
static int convert(PyObject* object, void* to) {
    if (!object) {
        ++cleaned;
        return 0;
    }
    *(PyObject**)to = object;
    return Py_CLEANUP_SUPPORTED;
}
static int plain(PyObject* object, void* to) {
    *(PyObject**)to = object;
    return 1;
}
static int refuse(PyObject* object, void* to) { return object == to; }

static void converters(void) {
    PyObject *thing = new_thing(), *got = NULL, *other = NULL;
    int i = 0;
    args = PyTuple_Pack(2, thing, thing);
    PARSED(args, "O&O&", convert, &got, plain, &other);
    PRINT(got == thing && other == thing);
    PARSED(args, "O&i", convert, &got, &i);
    ERROR();
    PRINT(cleaned);
    PARSED(args, "O&i", plain, &got, &i);
    ERROR();
    PARSED(args, "O&O&", convert, &got, refuse, &other);
    ERROR();
    PRINT(cleaned);
}

static void sequences(void) {
    int a = 0, b = 0, c = 0;
    PyObject* pair = PyTuple_Pack(2, PyLong_FromLong(3), PyLong_FromLong(4));
    args = PyTuple_Pack(2, pair, PyLong_FromLong(5));
    PARSED(args, "(ii)i", &a, &b, &c);
    PRINT(a * 100 + b * 10 + c);
    PARSED(args, "(i)i", &a, &c);
    ERROR();
    PARSED(args, "O(ii)", &pair, &a, &b);
    ERROR();
    PyObject* thing = new_thing();
    PyObject* list = PyList_New(1);
    PyList_SetItem(list, 0, thing);
    ONE(list);
    MARK(thing);
    PARSED(args, "(i)", &a);
    ERROR();
    PARSED(args, "(O)", &pair);
    CHANGED(thing);
}

int main(void) {
    start();
    numbers();
    counts();
    objects();
    converters();
    sequences();
    return 0;
}
