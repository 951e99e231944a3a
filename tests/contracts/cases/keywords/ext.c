#include <Python.h>

PyObject *wrong(PyObject *args, PyObject *named) {
    int a, b, c;
    static char *few[] = {"a", "b", NULL};
    static char *many[] = {"a", "b", "c", "d", NULL};
    static char *open[] = {"a", "b", "c"};
    static char *late[] = {"a", "", "c", NULL};
    static char *after[] = {"", "", "c", NULL};
    static char *twice[] = {"a", "b", "a", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, named, "ii|i:f", few, &a, &b, &c))  //~ warning[contract.keywords]: `few` has 2 names, and the format has 3 items: the rest is never read
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "ii|i:f", few, &a, &b))  //~ warning[contract.keywords]: the rest is never read
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "i|ii:f", few, &a, &b, &c))  //~ error[contract.keywords]: `few` has 2 names, and the format has 3 items
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "iii", many, &a, &b, &c))  //~ error[contract.keywords]: `many` has 4 names, and the format has 3 items
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "iii", open, &a, &b, &c))  //~ error[contract.keywords]: `open` has no NULL at its end
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "iii", late, &a, &b, &c))  //~ error[contract.keywords]: `late` has an empty name behind `a`
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "i|$ii", after, &a, &b, &c))  //~ error[contract.keywords]: an empty name behind the `$`
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "iii", twice, &a, &b, &c))  //~ error[contract.keywords]: `twice` has `a` twice
        return NULL;
    Py_RETURN_NONE;
}

PyObject *right(PyObject *args, PyObject *named, char **computed) {
    int a, b, c;
    static char *names[] = {"a", "b", "c", NULL};
    static char *positional[] = {"", "", "c", 0};
    static char *bounded[5] = {"one", "two", "three"};
    if (!PyArg_ParseTupleAndKeywords(args, named, "ii|i:f", names, &a, &b, &c))
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "ii|$i;message", positional, &a, &b, &c))
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "(ii)OO", bounded, &a, &b, &args, &named))
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, "i(ii)|", computed, &a, &b, &c))
        return NULL;
    Py_RETURN_NONE;
}
