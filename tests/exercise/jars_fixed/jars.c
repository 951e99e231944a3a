/* An extension without these mistakes. */
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
    long *slots = PyMem_Calloc(size, sizeof(long));
    if (slots == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    PyMem_Free(self->slots);
    self->slots = slots;
    self->size = size;
    Py_XSETREF(self->label, Py_NewRef(label));
    return 0;
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
    if (index < 0 || index >= self->size) {
        PyErr_SetString(PyExc_IndexError, "no such slot");
        return NULL;
    }
    return PyLong_FromLong(self->slots[index]);
}

static PyObject *jar_find(Jar *self, PyObject *label)
{
    int same = self->label != NULL ? PyObject_RichCompareBool(self->label, label, Py_EQ) : 0;

    if (same < 0)
        return NULL;
    return Py_NewRef(same ? label : Py_None);
}

static PyObject *jar_pair(Jar *self, PyObject *other)
{
    PyObject *pair = PyTuple_New(2);

    if (pair == NULL)
        return NULL;
    PyTuple_SET_ITEM(pair, 0, Py_NewRef(other));
    PyTuple_SET_ITEM(pair, 1, Py_NewRef(Py_None));
    return pair;
}

static PyObject *jar_nothing(Jar *self, PyObject *unused)
{
    Py_RETURN_NONE;
}

static PyObject *jar_shout(Jar *self, PyObject *letters) {
    (void)self;
    if (!PyBytes_Check(letters)) return PyErr_Format(PyExc_TypeError, "letters must be bytes");
    char *copy = malloc((size_t)PyBytes_GET_SIZE(letters) + 1);
    if (copy == NULL) return PyErr_NoMemory();
    copy[0] = '!';
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

static PyObject *kept, *paths; /* as long as the module */

static PyObject *jars_keep(PyObject *module, PyObject *object)
{
    return PyList_Append(kept, object) < 0 ? NULL : Py_NewRef(Py_None);
}

/* When there is no memory to call it, the interpreter itself does not release what is passed to a function of Python's.
 */
static PyObject *jars_is_absolute(PyObject *module, PyObject *path)
{
    return PyObject_CallMethod(paths, "isabs", "O", path);
}

static PyMethodDef functions[] = {
    {"keep", jars_keep, METH_O, NULL},
    {"is_absolute", jars_is_absolute, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef jars_module = {PyModuleDef_HEAD_INIT, "jars", NULL, -1, functions};

PyMODINIT_FUNC PyInit_jars(void)
{
    PyObject *module = PyModule_Create(&jars_module);

    kept = PyList_New(0);
    paths = PyImport_ImportModule("posixpath");
    if (module == NULL || kept == NULL || paths == NULL || PyModule_AddType(module, &jar_type) < 0) {
        Py_XDECREF(module);
        return NULL;
    }
    return module;
}
