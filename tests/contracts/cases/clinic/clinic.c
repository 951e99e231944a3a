#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* As Argument Clinic writes it; the functions are CPython's own, and no longer in its public headers. */
#if PY_VERSION_HEX >= 0x030D0000
int _PyArg_CheckPositional(const char *, Py_ssize_t, Py_ssize_t, Py_ssize_t);
PyObject *const *_PyArg_UnpackKeywords(PyObject *const *, Py_ssize_t, PyObject *, PyObject *, struct _PyArg_Parser *, int,
                                       int, int, PyObject **);
#endif

static PyObject *scale(PyObject *module, PyObject *const *args, Py_ssize_t nargs) {
    PyObject *return_value = NULL;

    if (!_PyArg_CheckPositional("scale", nargs, 1, 2)) {
        goto exit;
    }
    if (nargs < 2) {
        goto skip_optional;
    }
skip_optional:
    return_value = args[0];
exit:
    return return_value;
}
static PyObject *pack(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    PyObject *return_value = NULL;
#define KWTUPLE NULL
    static const char *const _keywords[] = {"", "level", "wbits", NULL};
    static _PyArg_Parser _parser = {.keywords = _keywords, .fname = "pack", .kwtuple = KWTUPLE};
#undef KWTUPLE
    PyObject *argsbuf[3];
    Py_ssize_t noptargs = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0) - 1;

    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &_parser, /*minpos*/ 1, /*maxpos*/ 2, /*minkw*/ 0, argsbuf);
    if (!args) {
        goto exit;
    }
    return_value = noptargs ? args[1] : args[0];
exit:
    return return_value;
}
/* Looks at the arguments first: which it accepts is not known. */
static PyObject *loose(PyObject *module, PyObject *const *args, Py_ssize_t nargs) {
    if (nargs == 5)
        return module;
    if (!_PyArg_CheckPositional("loose", nargs, 1, 2)) {
        return NULL;
    }
    return args[0];
}
static PyMethodDef functions[] = {
    {"scale", (PyCFunction)(void (*)(void))scale, METH_FASTCALL, NULL},
    {"pack", (PyCFunction)(void (*)(void))pack, METH_FASTCALL | METH_KEYWORDS, NULL},
    {"loose", (PyCFunction)(void (*)(void))loose, METH_FASTCALL, NULL},
    {NULL},
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "clinic", NULL, -1, functions};

PyMODINIT_FUNC PyInit_clinic(void) { return PyModule_Create(&definition); }
