/* An extension with a mistake of each kind. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    PyObject *label;
    long *slots;
    Py_ssize_t size;
} Jar;

static int jar_init(Jar *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"label", "size", NULL};
    PyObject *label = NULL;
    Py_ssize_t size = 4;

    if (!PyArg_ParseTupleAndKeywords(args, keywords, "U|n", names, &label, &size))
        return -1;
    if (size < 1 || size > 100) {
        PyErr_SetString(PyExc_ValueError, "1 to 100 slots");
        return -1;
    }
    Py_INCREF(label);
    self->label = label; //~ owner.leak: jar_init
    self->slots = PyMem_Calloc(size, sizeof(long)); //~ lifetime.leak
    self->size = size;
    return self->slots != NULL ? 0 : -1; //~ exception.missing: jar_init
}

static void jar_dealloc(Jar *self)
{
    Py_XDECREF(self->label);
    PyMem_Free(self->slots);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *jar_at(Jar *self, PyObject *args)
{
    Py_ssize_t index;

    if (!PyArg_ParseTuple(args, "n", &index))
        return NULL;
    if (index > self->size) {
        PyErr_SetString(PyExc_IndexError, "no such slot");
        return NULL;
    }
    return PyLong_FromLong(self->slots[index]); //~ bounds.read null.deref
}

static PyObject *jar_find(Jar *self, PyObject *label)
{
    int same = PyObject_RichCompareBool(self->label, label, Py_EQ);

    if (same <= 0)
        return NULL; //~ exception.missing null.argument: jar_find
    return Py_NewRef(label);
}

static PyObject *jar_pair(Jar *self, PyObject *other)
{
    PyObject *pair = PyTuple_New(2);

    PyTuple_SET_ITEM(pair, 0, Py_NewRef(other)); //~ null.deref
    PyTuple_SET_ITEM(pair, 1, Py_NewRef(Py_None));
    return pair;
}

static PyObject *jar_nothing(Jar *self, PyObject *unused)
{
    Py_INCREF(Py_None);
    Py_RETURN_NONE; //~ owner.leak: jar_nothing
}

static PyObject *jar_shout(Jar *self, PyObject *letters) {
    (void)self;
    if (!PyBytes_Check(letters)) return PyErr_Format(PyExc_TypeError, "letters must be bytes");
    char *copy = malloc((size_t)PyBytes_GET_SIZE(letters) + 1);
    copy[0] = '!'; //~ null.deref
    memcpy(copy + 1, PyBytes_AS_STRING(letters), (size_t)PyBytes_GET_SIZE(letters));
    PyObject *made = PyBytes_FromStringAndSize(copy, PyBytes_GET_SIZE(letters) + 1);
    free(copy);
    return made;
}

static PyMethodDef jar_methods[] = {
    {"at", (PyCFunction)jar_at, METH_VARARGS, NULL},
    {"find", (PyCFunction)jar_find, METH_O, NULL},
    {"pair", (PyCFunction)jar_pair, METH_O, NULL},
    {"shout", (PyCFunction)jar_shout, METH_O, NULL},
    {"nothing", (PyCFunction)jar_nothing, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject jar_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "jars.Jar",
    .tp_basicsize = sizeof(Jar),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)jar_init,
    .tp_dealloc = (destructor)jar_dealloc,
    .tp_methods = jar_methods,
};

static struct PyModuleDef jars_module = {PyModuleDef_HEAD_INIT, "jars", NULL, -1, NULL};

PyMODINIT_FUNC PyInit_jars(void)
{
    PyObject *module = PyModule_Create(&jars_module);

    if (module == NULL || PyModule_AddType(module, &jar_type) < 0) {
        Py_XDECREF(module);
        return NULL;
    }
    return module;
}
