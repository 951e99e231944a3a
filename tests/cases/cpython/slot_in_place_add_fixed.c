/* made += n gives back a new reference to the object. */
//~ run: made = slot_in_place_add_fixed.Sum(); made += 3; made += 3
//~ run: made = slot_in_place_add_fixed.Sum(); made += 'a'
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    double sum;
} Sum;

static PyObject *sum_add(PyObject *op, PyObject *other) {
    double value = PyFloat_AsDouble(other);
    if (value == -1.0 && PyErr_Occurred()) return NULL;
    ((Sum *)op)->sum += value;
    Py_INCREF(op);
    return op;
}

static PyNumberMethods sum_as_number = {.nb_inplace_add = sum_add};

static PyTypeObject sum_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_in_place_add_fixed.Sum",
    .tp_basicsize = sizeof(Sum),
    .tp_as_number = &sum_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_in_place_add_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_in_place_add_fixed(void) {
    if (PyType_Ready(&sum_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&sum_type);
    if (PyModule_AddObject(made, "Sum", (PyObject *)&sum_type) < 0) {
        Py_DECREF(&sum_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
