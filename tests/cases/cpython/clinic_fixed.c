//~ run: made = clinic_fixed.Jar(3); made.take(1)
//~ run: made = clinic_fixed.Jar(3); made.fill(7, 'sugar')
//~ run: clinic_fixed.first([[]], 2)
/* Code as Argument Clinic writes it: names of parameters are looked up once, and the class that defines a method is
 * passed to it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    Py_ssize_t size;
    PyObject *label;
} Jar;

static int jar_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (!PyArg_ParseTuple(args, "n", &((Jar *)self)->size))
        return -1;
    return 0;
}

static int jar_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((Jar *)self)->label);
    return 0;
}

static int jar_clear(PyObject *self)
{
    Py_CLEAR(((Jar *)self)->label);
    return 0;
}

static void jar_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    jar_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *jar_take(PyObject *self, PyTypeObject *cls, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    if (!_PyArg_CheckPositional("take", nargs, 1, 1))
        return NULL;
    PyObject *module = PyType_GetModule(cls);
    if (module == NULL)
        return NULL;
    Py_ssize_t *most = PyModule_GetState(module);
    if (((Jar *)self)->size <= *most)
        return PyErr_Format(PyExc_ValueError, "%zd at most", *most);
    Py_RETURN_NONE;
}

static PyObject *jar_fill(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const _keywords[] = {"", "label", NULL};
    static _PyArg_Parser _parser = {.keywords = _keywords, .fname = "fill"};
    PyObject *argsbuf[2];
    Py_ssize_t noptargs = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0) - 1;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &_parser, 1, 2, 0, argsbuf);
    if (!args)
        return NULL;
    if (!PyLong_Check(args[0])) {
        _PyArg_BadArgument("fill", "argument 1", "int", args[0]);
        return NULL;
    }
    if (noptargs) {
        PyObject *label = PyTuple_Pack(2, args[0], args[1]);
        if (!label)
            return NULL;
        Py_XSETREF(((Jar *)self)->label, label);
    }
    Py_RETURN_NONE;
}

static PyObject *clinic_first(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const _keywords[] = {"items", "otherwise", NULL};
    static _PyArg_Parser _parser = {.keywords = _keywords, .fname = "first"};
    PyObject *argsbuf[2];
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &_parser, 2, 2, 0, argsbuf);
    if (!args)
        return NULL;
    if (!PyList_Check(args[0])) {
        _PyArg_BadArgument("first", "argument 'items'", "list", args[0]);
        return NULL;
    }
    return PyList_GET_SIZE(args[0]) ? Py_NewRef(PyList_GET_ITEM(args[0], 0)) : Py_NewRef(args[1]);
}

static PyMethodDef jar_methods[] = {
    {"take", (PyCFunction)(void (*)(void))jar_take, METH_METHOD | METH_FASTCALL | METH_KEYWORDS, ""},
    {"fill", (PyCFunction)(void (*)(void))jar_fill, METH_FASTCALL | METH_KEYWORDS, ""},
    {NULL},
};
static PyMethodDef methods[] = {
    {"first", (PyCFunction)(void (*)(void))clinic_first, METH_FASTCALL | METH_KEYWORDS, ""},
    {NULL},
};
static PyType_Slot jar_slots[] = {
    {Py_tp_init, jar_init},
    {Py_tp_traverse, jar_traverse},
    {Py_tp_clear, jar_clear},
    {Py_tp_dealloc, jar_dealloc},
    {Py_tp_methods, jar_methods},
    {0, NULL},
};
static PyType_Spec jar_spec = {
    .name = "clinic_fixed.Jar",
    .basicsize = sizeof(Jar),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = jar_slots,
};

static int clinic_exec(PyObject *module)
{
    *(Py_ssize_t *)PyModule_GetState(module) = 3;
    PyObject *type = PyType_FromModuleAndSpec(module, &jar_spec, NULL);
    if (type == NULL)
        return -1;
    int status = PyModule_AddObjectRef(module, "Jar", type);
    Py_DECREF(type);
    return status;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, clinic_exec}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "clinic",
    .m_size = sizeof(Py_ssize_t),
    .m_methods = methods,
    .m_slots = slots,
};
PyMODINIT_FUNC PyInit_clinic_fixed(void) { return PyModuleDef_Init(&definition); }
