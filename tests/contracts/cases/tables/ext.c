#include <Python.h>
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    int size;
} Thing;

static PyObject *two(PyObject *self, PyObject *args) { return args ? self : NULL; }
static PyObject *three(PyObject *self, PyObject *args, PyObject *named) { return args && named ? self : NULL; }
static PyObject *one(PyObject *self) { return self; }
static PyObject *of_thing(Thing *self, PyObject *args) { return args ? (PyObject *)self : NULL; }
static PyObject *fast(PyObject *self, PyObject *const *args, Py_ssize_t count) { return count ? args[0] : self; }
static PyObject *fast_named(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names) {
    return count && names ? args[0] : self;
}
static PyObject *of_class(PyObject *self, PyTypeObject *type, PyObject *const *args, Py_ssize_t count, PyObject *names) {
    return type && count && names ? args[0] : self;
}
static PyObject *tuple_for_array(PyObject *self, PyObject *args, Py_ssize_t count) { return count ? args : self; }
static PyObject *array_for_tuple(PyObject *self, PyObject **args) { return args ? self : NULL; }
static int no_object(PyObject *self, PyObject *args) { return self == args; }

static PyMethodDef wrong_methods[] = {  //~ error[contract.sentinel]: `wrong_methods` has no sentinel
    {"a", (PyCFunction)three, METH_VARARGS, NULL},  //~ error[contract.flags]: `METH_VARARGS` for `three`, which takes 3 parameters, and CPython passes 2
    {"b", two, METH_VARARGS | METH_KEYWORDS, NULL},  //~ error[contract.flags]: `METH_VARARGS | METH_KEYWORDS` for `two`, which takes 2 parameters, and CPython passes 3: the rest is ignored
    {"c", (PyCFunction)three, METH_NOARGS, NULL},  //~ error[contract.flags]: `METH_NOARGS` for `three`
    {"e", (PyCFunction)fast, METH_VARARGS, NULL},  //~ error[contract.flags]: which takes 3 parameters
    {"f", (PyCFunction)two, METH_FASTCALL, NULL},  //~ error[contract.flags]: `METH_FASTCALL` for `two`
    {"g", (PyCFunction)fast_named, METH_FASTCALL, NULL},  //~ error[contract.flags]: takes 4 parameters, and CPython passes 3
    {"h", (PyCFunction)tuple_for_array, METH_FASTCALL, NULL},  //~ error[contract.flags]: takes one object where CPython passes an array
    {"i", (PyCFunction)array_for_tuple, METH_VARARGS, NULL},  //~ error[contract.flags]: takes an array of objects where CPython passes one
    {"j", (PyCFunction)no_object, METH_VARARGS, NULL},  //~ error[contract.flags]: returns `int`, and CPython reads a pointer
    {"k", two, METH_KEYWORDS, NULL},  //~ error[contract.flags]: METH_KEYWORDS, which CPython refuses with SystemError
    {"l", two, METH_O | METH_NOARGS, NULL},  //~ error[contract.flags]: METH_NOARGS | METH_O, which CPython refuses
    {"m", two, METH_VARARGS | METH_STATIC, NULL},  //~ error[contract.flags]: a module's function cannot be
    {"n", two, 0, NULL},  //~ error[contract.flags]: no way to call it
};
static PyMethodDef right_methods[] = {
    {"a", (PyCFunction)(void (*)(void))three, METH_VARARGS | METH_KEYWORDS, NULL},
    {"b", two, METH_VARARGS, NULL},
    {"c", two, METH_O, NULL},
    {"d", two, METH_NOARGS, NULL},
    {"e", (PyCFunction)one, METH_NOARGS | METH_CLASS, NULL},
    {"__deepcopy__", (PyCFunction)one, METH_O, NULL},
    {"f", (PyCFunction)of_thing, METH_VARARGS, NULL},
    {"g", (PyCFunction)fast, METH_FASTCALL | METH_STATIC, NULL},
    {"h", (PyCFunction)(void (*)(void))fast_named, METH_FASTCALL | METH_KEYWORDS, NULL},
    {"i", (PyCFunction)(void (*)(void))of_class, METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {NULL},
};
static PyMethodDef bounded_methods[4] = {{"a", two, METH_VARARGS, NULL}};
PyMethodDef alone = {"alone", two, METH_VARARGS, NULL};

static PyMemberDef wrong_members[] = {  //~ error[contract.sentinel]: `wrong_members` has no sentinel
    {"size", T_INT, offsetof(Thing, size), READONLY, NULL},
};
static PyGetSetDef wrong_getters[] = {  //~ error[contract.sentinel]: `wrong_getters` has no sentinel
    {"size", (getter)one, NULL, NULL, NULL},
};
static PyMemberDef right_members[] = {{"size", T_INT, offsetof(Thing, size), READONLY, NULL}, {0}};
static PyGetSetDef right_getters[] = {{"size", (getter)one, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};

static PyTypeObject wrong_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ext.Wrong",
    .tp_members = wrong_members,
    .tp_getset = wrong_getters,
    .tp_methods = bounded_methods,
};
static PyTypeObject right_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ext.Right",
    .tp_members = right_members,
    .tp_getset = right_getters,
    .tp_methods = right_methods,
};
static PyType_Slot wrong_slots[] = {  //~ error[contract.sentinel]: `wrong_slots` has no sentinel
    {Py_tp_methods, right_methods},
};
static PyType_Slot right_slots[] = {{Py_tp_getset, right_getters}, {0, NULL}};
PyType_Spec wrong_spec = {"ext.WrongSpec", sizeof(Thing), 0, 0, wrong_slots};
PyType_Spec right_spec = {"ext.RightSpec", sizeof(Thing), 0, 0, right_slots};
static PyMethodDef added_methods[] = {{"a", two, METH_VARARGS, NULL}};  //~ error[contract.sentinel]: `added_methods` has no sentinel
static PyMethodDef looped_methods[] = {{"a", two, METH_VARARGS, NULL}};
static PyStructSequence_Field open_fields[] = {{"a", NULL}};  //~ error[contract.sentinel]: `open_fields` has no sentinel
static PyStructSequence_Field closed_fields[] = {{"a", NULL}, {NULL, NULL}};
PyStructSequence_Desc open_sequence = {"ext.Open", NULL, open_fields, 1};
PyStructSequence_Desc closed_sequence = {"ext.Closed", NULL, closed_fields, 1};

PyObject *call(PyObject *callable, PyObject *name, int number) {
    PyObject_CallFunctionObjArgs(callable, Py_None);  //~ error[contract.sentinel]: `PyObject_CallFunctionObjArgs` takes objects up to a NULL
    PyObject_CallFunctionObjArgs(callable);  //~ error[contract.sentinel]: none stands at the end
    PyObject_CallMethodObjArgs(callable, name, callable, (PyObject *)&wrong_type);  //~ error[contract.sentinel]: it reads on behind them
    PyObject_CallFunctionObjArgs(callable, name); /* all callers pass NULL for the name */
    PyObject_CallFunctionObjArgs(callable, NULL);
    PyObject_CallFunctionObjArgs(callable, name, (PyObject *)0);
    PyObject_CallMethodObjArgs(callable, name, NULL);
    PyTuple_Pack(2, name);  //~ error[contract.format]: `PyTuple_Pack` reads 2 arguments, and 1 follow
    PyTuple_Pack(1, number);  //~ error[contract.format]: `PyTuple_Pack` takes `PyObject *`, and `number` is `int`
    PyTuple_Pack(1, name, callable);  //~ warning[contract.format]: `PyTuple_Pack` reads 1 argument, and 2 follow
    PyTuple_Pack(0);
    return PyTuple_Pack(2, name, &wrong_type);
}
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "ext", NULL, -1, wrong_methods};

PyMODINIT_FUNC PyInit_ext(void) {
    PyObject *added = PyImport_AddModule("added");
    PyModule_AddFunctions(added, added_methods);
    for (int i = 0; i < 1; i++)
        PyModule_AddObject(added, "a", PyCFunction_New(&looped_methods[i], NULL));
    return wrong_type.tp_name == right_type.tp_name ? NULL : PyModule_Create(&module);
}
