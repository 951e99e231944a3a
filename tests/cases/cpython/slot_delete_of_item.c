/* del made[key] comes to the same slot, without a value. */
//~ run: made = slot_delete_of_item.Settings(); del made['a']
//~ run: made = slot_delete_of_item.Settings(); made['a'] = 5
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *last;
} Settings;

static int settings_set(Settings *self, PyObject *key, PyObject *value) {
    Py_INCREF(value);  //~ error[null.deref]
    Py_XSETREF(self->last, value);
    return 0;
}

static void settings_dealloc(Settings *self) {
    Py_XDECREF(self->last);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMappingMethods settings_as_mapping = {.mp_ass_subscript = (objobjargproc)settings_set};

static PyTypeObject settings_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slot_delete_of_item.Settings",
    .tp_basicsize = sizeof(Settings),
    .tp_dealloc = (destructor)settings_dealloc,
    .tp_as_mapping = &settings_as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_delete_of_item", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_delete_of_item(void) {
    if (PyType_Ready(&settings_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    Py_INCREF(&settings_type);
    if (PyModule_AddObject(made, "Settings", (PyObject *)&settings_type) < 0) {
        Py_DECREF(&settings_type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
