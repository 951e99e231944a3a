/* As Argument Clinic of CPython 3.7 to 3.11 writes it, and in the years after where a format is left. */
#include <Python.h>

#if PY_VERSION_HEX >= 0x030D0000
int _PyArg_ParseStack(PyObject *const *, Py_ssize_t, const char *, ...);
int _PyArg_ParseStackAndKeywords(PyObject *const *, Py_ssize_t, PyObject *, struct _PyArg_Parser *, ...);
int _PyArg_ParseTupleAndKeywordsFast(PyObject *, PyObject *, struct _PyArg_Parser *, ...);
#endif
static PyObject *stack(PyObject *module, PyObject *const *args, Py_ssize_t nargs) {
    PyObject *return_value = NULL;
    int first, second = 0;

    if (!_PyArg_ParseStack(args, nargs, "i|i:stack", &first, &second)) {
        goto exit;
    }
    return_value = PyLong_FromLong(first + second);
exit:
    return return_value;
}
static PyObject *keyed(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    PyObject *return_value = NULL;
    static const char *const _keywords[] = {"first", "second", NULL};
    static _PyArg_Parser _parser = {.format = "i|i:keyed", .keywords = _keywords};
    int first, second = 0;

    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &_parser, &first, &second)) {
        goto exit;
    }
    return_value = PyLong_FromLong(first + second);
exit:
    return return_value;
}
static PyObject *tupled(PyObject *module, PyObject *args, PyObject *kwargs) {
    static const char *const _keywords[] = {"text", NULL};
    static struct _PyArg_Parser _parser = {.format = "U:tupled", .keywords = _keywords};
    PyObject *text;
    if (!_PyArg_ParseTupleAndKeywordsFast(args, kwargs, &_parser, &text))
        return NULL;
    return text;
}
static PyObject *wrong(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    static const char *const _keywords[] = {"first", NULL};  //~ error[contract.keywords]: `_keywords` has 1 name, and the format has 2 items
    static _PyArg_Parser _parser = {.format = "ii:wrong", .keywords = _keywords};
    int first;
    long second;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &_parser, &first, &second))  //~ error[contract.format]: `i` of `_PyArg_ParseStackAndKeywords` takes `int *`, and `&second` is `long *`
        return NULL;
    return module;
}
static PyMethodDef functions[] = {
    {"stack", (PyCFunction)(void (*)(void))stack, METH_FASTCALL, NULL},
    {"keyed", (PyCFunction)(void (*)(void))keyed, METH_FASTCALL | METH_KEYWORDS, NULL},
    {"tupled", (PyCFunction)(void (*)(void))tupled, METH_VARARGS | METH_KEYWORDS, NULL},
    {"wrong", (PyCFunction)(void (*)(void))wrong, METH_FASTCALL | METH_KEYWORDS, NULL},
    {NULL},
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "older", NULL, -1, functions};

PyMODINIT_FUNC PyInit_older(void) { return PyModule_Create(&definition); }

/* Tables that were edited by hand. */
#if PY_VERSION_HEX >= 0x030D0000
PyObject *const *_PyArg_UnpackKeywords(PyObject *const *, Py_ssize_t, PyObject *, PyObject *, struct _PyArg_Parser *, int,
                                       int, int, PyObject **);
#endif
PyObject *edited(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    static const char *const _keywords[] = {"one", "two", "three", NULL};
    static _PyArg_Parser _parser = {.keywords = _keywords, .fname = "edited"};
    PyObject *argsbuf[2];  //~ error[contract.keywords]: `argsbuf` has room for 2, and `_keywords` has 3 names
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &_parser, 1, 3, 0, argsbuf);
    return args ? args[0] : NULL;
}
PyObject *unended(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    static const char *const _keywords[] = {"one", "two"};  //~ error[contract.keywords]: `_keywords` has no NULL at its end
    static _PyArg_Parser _parser = {.keywords = _keywords, .fname = "unended"};
    PyObject *argsbuf[2];
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &_parser, 1, 2, 0, argsbuf);
    return args ? args[0] : NULL;
}
PyObject *unnamed(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    static const char *const _keywords[] = {"", "two", "", NULL};  //~ error[contract.keywords]: `_keywords` has an empty name behind `two`
    static _PyArg_Parser _parser = {.keywords = _keywords, .fname = "unnamed"};
    PyObject *argsbuf[3];
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &_parser, 1, 3, 0, argsbuf);
    return args ? args[0] : NULL;
}
