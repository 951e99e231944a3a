/* PyArg_ParseTupleAndKeywords: names, what is missing, and what is too much. */
#include "probe.h"

static char* names[] = {"a", "b", "c", NULL};
static char* some_names[] = {"", "b", "c", NULL};
static int a, b, c;

static void all(PyObject* args, PyObject* keywords) {
    a = b = c = 0;
    PRINT(PyArg_ParseTupleAndKeywords(args, keywords, "iii", names, &a, &b, &c));
    ERROR();
    PRINT(a * 100 + b * 10 + c);
    a = b = c = 0;
    PRINT(PyArg_ParseTupleAndKeywords(args, keywords, "i|ii:name", names, &a, &b, &c));
    ERROR();
    PRINT(a * 100 + b * 10 + c);
    a = b = c = 0;
    PRINT(PyArg_ParseTupleAndKeywords(args, keywords, "i|i$i", names, &a, &b, &c));
    ERROR();
    PRINT(a * 100 + b * 10 + c);
    a = b = c = 0;
    PRINT(PyArg_ParseTupleAndKeywords(args, keywords, "i|ii", some_names, &a, &b, &c));
    ERROR();
    PRINT(a * 100 + b * 10 + c);
}

static PyObject* dict(const char* one, int first, const char* other, int second) {
    PyObject* keywords = PyDict_New();
    if (one) PyDict_SetItemString(keywords, one, PyLong_FromLong(first));
    if (other) PyDict_SetItemString(keywords, other, PyLong_FromLong(second));
    return keywords;
}

int main(void) {
    start();
    PyObject *one = PyLong_FromLong(1), *two = PyLong_FromLong(2), *three = PyLong_FromLong(3);
    PyObject* tuples[] = {PyTuple_New(0), PyTuple_Pack(1, one), PyTuple_Pack(2, one, two),
                          PyTuple_Pack(3, one, two, three), PyTuple_Pack(4, one, two, three, one)};
    for (int i = 0; i < 5; ++i) {
        all(tuples[i], NULL);
        all(tuples[i], dict(NULL, 0, NULL, 0));
        all(tuples[i], dict("a", 5, NULL, 0));
        all(tuples[i], dict("b", 5, "c", 6));
        all(tuples[i], dict("c", 7, NULL, 0));
        all(tuples[i], dict("a", 8, "d", 9));
    }
    all(one, NULL);
    all(tuples[0], one);
    return 0;
}
