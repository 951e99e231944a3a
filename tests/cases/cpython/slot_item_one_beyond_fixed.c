/* Both ends of the range are right. */
//~ run: made = slot_item_one_beyond_fixed.Palette(); made[3]
//~ run: made = slot_item_one_beyond_fixed.Palette(); made[2]
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
} Palette;

static const unsigned colours[3] = {0xFF0000, 0x00FF00, 0x0000FF};

static PyObject *palette_item(Palette *self, Py_ssize_t index) {
    if (index < 0 || index >= 3) {
        PyErr_SetString(PyExc_IndexError, "no such colour");
        return NULL;
    }
    return PyLong_FromUnsignedLong(colours[index]);
}

static PySequenceMethods palette_as_sequence = {.sq_item = (ssizeargfunc)palette_item};

static PyTypeObject palette_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_item_one_beyond_fixed.Palette",
    .tp_basicsize = sizeof(Palette),
    .tp_as_sequence = &palette_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_item_one_beyond_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_item_one_beyond_fixed(void) {
    if (PyType_Ready(&palette_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&palette_type);
    if (PyModule_AddObject(made, "Palette", (PyObject *)&palette_type) < 0) {
        Py_DECREF(&palette_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
