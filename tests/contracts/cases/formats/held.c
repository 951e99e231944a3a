/* Formats that a variable holds. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define PAIR "ii"
static const char shared[] = "i"
                             "l:shared";
static const char *const pinned = "O|n";
const char *loose = "ii"; /* another file may change it */

PyObject *wrong(PyObject *args, PyObject *named) {
    static const char format[] = "ii:wrong";
    static char *names[] = {"a", "b", "c", NULL};
    const char *built = "iO";
    int a;
    long b;
    PyObject *o;
    if (!PyArg_ParseTuple(args, format, &a))  //~ error[contract.format]: takes 2 arguments, and 1 follow it
        return NULL;
    if (!PyArg_ParseTuple(args, shared, &a, &a))  //~ error[contract.format]: `l` of `PyArg_ParseTuple` takes `long *`, and `&a` is `int *`
        return NULL;
    if (!PyArg_ParseTuple(args, pinned, &o, &a))  //~ error[contract.format]: `n` of `PyArg_ParseTuple` takes `Py_ssize_t *`
        return NULL;
    if (!PyArg_ParseTuple(args, PAIR, &a, &b))  //~ error[contract.format]: `i` of `PyArg_ParseTuple` takes `int *`, and `&b` is `long *`
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, format, names, &a, &a))  //~ error[contract.keywords]: `names` has 3 names, and the format has 2 items
        return NULL;
    return Py_BuildValue(built, a);  //~ error[contract.format]: the format of `Py_BuildValue` takes 2 arguments, and 1 follow it
}

PyObject *right(PyObject *args, PyObject *named, const char *given) {
    static const char format[] = "ii:right";
    static char *names[] = {"a", "b", NULL};
    char open[] = "ii";
    const char *moved = "xx";
    const char *chosen = args ? "i" : "ii";
    int a, b;
    long l;
    PyObject *o;
    Py_ssize_t n;
    if (!PyArg_ParseTuple(args, format, &a, &b) || !PyArg_ParseTuple(args, shared, &a, &l))
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, named, format, names, &a, &b) || !PyArg_ParseTuple(args, pinned, &o, &n))
        return NULL;
    open[1] = '\0';
    moved = "i";
    if (!PyArg_ParseTuple(args, open, &a) || !PyArg_ParseTuple(args, moved, &a) || !PyArg_ParseTuple(args, loose, &a))
        return NULL;
    if (!PyArg_ParseTuple(args, chosen, &a) || !PyArg_ParseTuple(args, given, &a))
        return NULL;
    return Py_BuildValue(sizeof format > 2 ? "i" : "ii", a);
}

/* Which of two is compiled is not looked at; an inner block has its own. */
#ifdef SMALL
static const char either[] = "i";
#else
static const char either[] = "ll";
#endif
PyObject *unsure(PyObject *args) {
    static const char *inner = "lll";
    long a, b;
    if (!PyArg_ParseTuple(args, either, &a, &b))
        return NULL;
    {
        const char *inner = "l";
        if (!PyArg_ParseTuple(args, inner, &a))
            return NULL;
    }
    inner++;
    return PyArg_ParseTuple(args, inner, &a, &b) ? args : NULL;
}
