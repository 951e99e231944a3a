/* What other modules hold: objects of which nothing is known but that they are there, and a few classes. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

/* Defined nowhere: whoever looks at the type of such an object goes no further. */
extern PyTypeObject gnomon_foreign_type;

static void* become_foreign(void* block, long number) {
    (void)number;
    __gnomon_not_modelled("what other modules hold");
    return block;
}

int gnomon_is_foreign(PyObject* object) { return object->ob_type == &gnomon_foreign_type; }

PyObject* gnomon_foreign(void) {
    PyObject* object = gnomon_become(__gnomon_allocate_zero(sizeof(PyObject)), &gnomon_foreign_type);
    return __gnomon_later_on(object, become_foreign, 0);
}

/* Classes of the standard library, wherever they are taken from. */
static int is_class(const char* name) {
    static const char* const names[] = {"Decimal",        "Fraction", "OrderedDict", "UUID",      "deque",
                                        "MutableMapping", "Mapping",  "Sequence",    "timedelta", "MutableSequence"};
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        size_t at = 0;
        while (name[at] && name[at] == names[i][at]) ++at;
        if (name[at] == names[i][at]) return 1;
    }
    return 0;
}

static const char of_foreign[] = "";

PyObject* gnomon_foreign_attribute(const char* name) {
    if (!name || !is_class(name)) return gnomon_foreign();
    PyHeapTypeObject* made = gnomon_new(&PyType_Type, sizeof(PyHeapTypeObject));
    if (!made) return NULL;
    made->ht_type.tp_name = name;
    made->ht_type.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_READY;
    made->ht_type.tp_base = &PyBaseObject_Type;
    made->ht_type.tp_doc = of_foreign;
    return (PyObject*)made;
}

/* What such a class holds: nobody knows that either. */
int gnomon_is_foreign_class(PyObject* object) {
    return Py_TYPE(object) == &PyType_Type && ((PyTypeObject*)object)->tp_doc == of_foreign;
}

static int is_harmless(PyObject* object) {
    return PyType_Check(object) || PyLong_Check(object) || PyUnicode_Check(object) || object == Py_None;
}

/* Nothing that C code knows changes when it gets nothing that can be changed. */
PyObject* gnomon_foreign_call(PyObject* args) {
    for (Py_ssize_t i = 0; args && i < Py_SIZE(args); ++i)
        if (!is_harmless(((PyTupleObject*)args)->ob_item[i])) __gnomon_not_modelled("calls what other modules hold");
    return gnomon_foreign();
}
