/* Adding in place gives a reference to the object. */
//~ run: made = slot_add_in_place_borrowed_fixed.Total(1); made += made
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long value;
} Total;

static PyTypeObject total_type;

static PyObject *total_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    long value;
    if (!PyArg_ParseTuple(args, "l:Total", &value)) return NULL;
    Total *self = (Total *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->value = value;
    return (PyObject *)self;
}

static PyObject *total_add(PyObject *self, PyObject *other) {
    if (!PyObject_TypeCheck(other, &total_type)) Py_RETURN_NOTIMPLEMENTED;
    ((Total *)self)->value ^= ((Total *)other)->value;
    return Py_NewRef(self);
}

static PyNumberMethods as_number = {.nb_inplace_add = total_add};

static PyTypeObject total_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_add_in_place_borrowed_fixed.Total",
    .tp_basicsize = sizeof(Total),
    .tp_as_number = &as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = total_new,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_add_in_place_borrowed_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_add_in_place_borrowed_fixed(void) {
    if (PyType_Ready(&total_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Total", (PyObject *)&total_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
