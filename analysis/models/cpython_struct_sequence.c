/* Tuples whose items have names, and whose last items only have names: PyStructSequence. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#define ITEMS(op) (((PyTupleObject*)(op))->ob_item)

const char* const PyStructSequence_UnnamedField = "unnamed field";

#define MOST_TYPES 32
static struct kind {
    PyTypeObject* type;
    int items, fields;
} kinds[MOST_TYPES];
static int count;

static struct kind* kind_of(PyTypeObject* type) {
    for (int i = 0; i < count; ++i)
        if (kinds[i].type == type) return &kinds[i];
    __gnomon_not_modelled("a struct sequence of a type that is none");
    return NULL;
}

static void let_go(PyObject* op) {
    PyTypeObject* type = Py_TYPE(op);
    for (int i = kind_of(type)->fields; i-- > 0;) gnomon_drop_if(ITEMS(op)[i]);
    PyObject_GC_Del(op);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) gnomon_drop((PyObject*)type);
}

static PyObject* new_of_sequence(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    (void)type, (void)args, (void)kwds;
    __gnomon_not_modelled("calls of the type of a struct sequence");
    return NULL;
}

int PyStructSequence_InitType2(PyTypeObject* type, PyStructSequence_Desc* description) {
    int fields = 0;
    while (description->fields[fields].name) ++fields;
    if (count == MOST_TYPES) __gnomon_not_modelled("that many types");
    kinds[count++] = (struct kind){type, description->n_in_sequence, fields};
    type->tp_name = description->name;
    type->tp_doc = description->doc;
    type->tp_base = &PyTuple_Type;
    type->tp_dealloc = let_go;
    type->tp_new = new_of_sequence;
    type->tp_flags |= Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC;
    return PyType_Ready(type);
}

void PyStructSequence_InitType(PyTypeObject* type, PyStructSequence_Desc* description) {
    PyStructSequence_InitType2(type, description);
}

PyTypeObject* PyStructSequence_NewType(PyStructSequence_Desc* description) {
    PyHeapTypeObject* made = gnomon_new(&PyType_Type, sizeof(PyHeapTypeObject));
    if (!made) return NULL;
    made->ht_type.tp_flags = Py_TPFLAGS_HEAPTYPE;
    PyStructSequence_InitType2(&made->ht_type, description);
    return &made->ht_type;
}

PyObject* PyStructSequence_New(PyTypeObject* type) {
    const struct kind* kind = kind_of(type);
    PyObject* made = gnomon_new(type, offsetof(PyTupleObject, ob_item) + (size_t)kind->fields * sizeof(PyObject*));
    if (!made) return NULL;
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) gnomon_hold((PyObject*)type);
    ((PyVarObject*)made)->ob_size = kind->items;
    return made;
}

/* Steals the reference; what was there before stays nobody's. */
void PyStructSequence_SetItem(PyObject* op, Py_ssize_t index, PyObject* item) {
    if (item) gnomon_steal(item);
    ITEMS(op)[index] = item;
}

PyObject* PyStructSequence_GetItem(PyObject* op, Py_ssize_t index) { return ITEMS(op)[index]; }
