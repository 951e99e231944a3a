#include <Python.h>

typedef struct {
    PyObject_HEAD
    int limit;
} Counter;

static PyObject *nothing(PyObject *module, PyObject *unused) { return unused ? NULL : module; }
static PyObject *single(PyObject *module, PyObject *value) { return value ? module : NULL; }
static PyObject *pair(PyObject *module, PyObject *args) {
    int first, second = 0;
    if (!PyArg_ParseTuple(args, "i|i:pair", &first, &second))
        return NULL;
    return PyLong_FromLong(first + second);
}
static PyObject *named(PyObject *module, PyObject *args, PyObject *keywords) {
    static char *names[] = {"", "step", "limit", NULL};
    int first, step = 0, limit = 0;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "ii|$i:named", names, &first, &step, &limit)) {
        return NULL;
    }
    return PyLong_FromLong(first + step + limit);
}
static PyObject *two(PyObject *module, PyObject *args, PyObject *keywords) {
    static char *names[] = {"first", "second", NULL};
    int first, second = 0;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "i|i", names, &first, &second))
        return NULL;
    return PyLong_FromLong(first + second);
}
static PyObject *unpacked(PyObject *module, PyObject *args) {
    PyObject *first = NULL, *second = NULL;
    if (!PyArg_UnpackTuple(args, "unpacked", 1, 2, &first, &second))
        return NULL;
    return first;
}
/* Accepts two shapes: which one is not known. */
static PyObject *overloaded(PyObject *module, PyObject *args) {
    int first, second;
    if (PyTuple_GET_SIZE(args) == 0)
        Py_RETURN_NONE;
    if (!PyArg_ParseTuple(args, "ii", &first, &second))
        return NULL;
    return PyLong_FromLong(first + second);
}
static PyMethodDef functions[] = {
    {"nothing", nothing, METH_NOARGS, NULL},
    {"single", single, METH_O, NULL},
    {"pair", pair, METH_VARARGS, NULL},
    {"named", (PyCFunction)(void (*)(void))named, METH_VARARGS | METH_KEYWORDS, NULL},
    {"swapped", (PyCFunction)(void (*)(void))two, METH_VARARGS | METH_KEYWORDS, NULL},
    {"fewer", (PyCFunction)(void (*)(void))two, METH_VARARGS | METH_KEYWORDS, NULL},
    {"stricter", (PyCFunction)(void (*)(void))two, METH_VARARGS | METH_KEYWORDS, NULL},
    {"unsaid", nothing, METH_NOARGS, NULL},
    {"_private", nothing, METH_NOARGS, NULL},
    {"unpacked", unpacked, METH_VARARGS, NULL},
    {"overloaded", overloaded, METH_VARARGS, NULL},
    {NULL},
};

static int counter_init(Counter *self, PyObject *args, PyObject *keywords) {
    static char *names[] = {"limit", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "i", names, &self->limit))
        return -1;
    return 0;
}
static PyObject *counter_step(Counter *self, PyObject *unused) { return unused ? NULL : (PyObject *)self; }
static PyMethodDef methods[] = {{"step", (PyCFunction)counter_step, METH_NOARGS, NULL},
                                {"reset", (PyCFunction)counter_step, METH_NOARGS, NULL},
                                {NULL}};
static PyTypeObject CounterType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "counted.Counter",
    .tp_basicsize = sizeof(Counter),
    .tp_init = (initproc)counter_init,
    .tp_new = PyType_GenericNew,
    .tp_methods = methods,
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "counted", NULL, -1, functions};

PyMODINIT_FUNC PyInit_counted(void) {
    PyObject *module = PyType_Ready(&CounterType) < 0 ? NULL : PyModule_Create(&definition);
    PyModule_AddObject(module, "Counter", (PyObject *)&CounterType);
    return module;
}
