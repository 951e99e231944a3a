/* Without a length of its own, the slot gets negative indices as they are. */
//~ run: made = slot_item_negative.Months(); made[-1]
//~ run: made = slot_item_negative.Months(); made[11]
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    short days[12];
} Months;

static PyObject *months_item(Months *self, Py_ssize_t index) {
    if (index > 11) {
        PyErr_SetString(PyExc_IndexError, "no such month");
        return NULL;
    }
    static const signed char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return PyLong_FromLong(days[index]);  //~ error[bounds.read]
}

static PySequenceMethods months_as_sequence = {.sq_item = (ssizeargfunc)months_item};

static PyTypeObject months_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_item_negative.Months",
    .tp_basicsize = sizeof(Months),
    .tp_as_sequence = &months_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_item_negative", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_item_negative(void) {
    if (PyType_Ready(&months_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&months_type);
    if (PyModule_AddObject(made, "Months", (PyObject *)&months_type) < 0) {
        Py_DECREF(&months_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
