#include <Python.h>

static PyObject *scaled(PyObject *module, PyObject *args, PyObject *keywords) {
    static char *names[] = {"value", "by", "deep", NULL};
    int value, by = 10, deep = 1;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "i|ip", names, &value, &by, &deep))
        return NULL;
    return PyBool_FromLong(value * by + deep);
}
/* Numbers that stand for something else. */
static PyObject *packed(PyObject *module, PyObject *args, PyObject *keywords) {
    static char *names[] = {"level", "size", "limit", NULL};
    int level = -1, size = 0, limit = 0;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|iii", names, &level, &size, &limit))
        return NULL;
    if (size == 0)
        size = 64;
    return Py_BuildValue("iii", level, size, limit);
}
static PyObject *placed(PyObject *module, PyObject *args) {
    const char *text;
    double weight = 0.5;
    if (!PyArg_ParseTuple(args, "s|d", &text, &weight))
        return NULL;
    return PyFloat_FromDouble(weight);
}
static PyMethodDef functions[] = {
    {"scaled", (PyCFunction)(void (*)(void))scaled, METH_VARARGS | METH_KEYWORDS, NULL},
    {"scaled_wrongly", (PyCFunction)(void (*)(void))scaled, METH_VARARGS | METH_KEYWORDS, NULL},
    {"packed", (PyCFunction)(void (*)(void))packed, METH_VARARGS | METH_KEYWORDS, NULL},
    {"packed_wrongly", (PyCFunction)(void (*)(void))packed, METH_VARARGS | METH_KEYWORDS, NULL},
    {"placed", placed, METH_VARARGS, NULL},
    {"placed_wrongly", placed, METH_VARARGS, NULL},
    {NULL},
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "defaults", NULL, -1, functions};

PyMODINIT_FUNC PyInit_defaults(void) { return PyModule_Create(&definition); }
