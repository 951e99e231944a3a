/* A type from a specification says where its instances keep weak references, which are cleared. */
//~ run: made = slot_weak_references_of_spec_fixed.Tag(); gone = []; seen = __import__('weakref').ref(made, gone.append); del made
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    PyObject *seen_by;
} Tag;

static void tag_dealloc(Tag *self) {
    PyTypeObject *type = Py_TYPE(self);
    if (self->seen_by) PyObject_ClearWeakRefs((PyObject *)self);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyMemberDef tag_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Tag, seen_by), READONLY, NULL},
    {NULL},
};
static PyType_Slot tag_slots[] = {
    {Py_tp_dealloc, tag_dealloc},
    {Py_tp_members, tag_members},
    {0, NULL},
};
static PyType_Spec tag_spec = {
    .name = "slot_weak_references_of_spec_fixed.Tag",
    .basicsize = sizeof(Tag),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = tag_slots,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "slot_weak_references_of_spec_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_slot_weak_references_of_spec_fixed(void) {
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    PyObject *type = PyType_FromSpec(&tag_spec);
    if (!type || PyModule_AddObject(made, "Tag", type) < 0) {
        Py_XDECREF(type);
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
