/* Types that are made when the module is loaded, from specifications. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

#include "cpython.h"

static void set_slot(PyHeapTypeObject* made, int slot, void* value) {
    switch (slot) {
        case Py_bf_getbuffer:
            made->as_buffer.bf_getbuffer = value;
            break;
        case Py_bf_releasebuffer:
            made->as_buffer.bf_releasebuffer = value;
            break;
        case Py_mp_ass_subscript:
            made->as_mapping.mp_ass_subscript = value;
            break;
        case Py_mp_length:
            made->as_mapping.mp_length = value;
            break;
        case Py_mp_subscript:
            made->as_mapping.mp_subscript = value;
            break;
        case Py_nb_absolute:
            made->as_number.nb_absolute = value;
            break;
        case Py_nb_add:
            made->as_number.nb_add = value;
            break;
        case Py_nb_and:
            made->as_number.nb_and = value;
            break;
        case Py_nb_bool:
            made->as_number.nb_bool = value;
            break;
        case Py_nb_divmod:
            made->as_number.nb_divmod = value;
            break;
        case Py_nb_float:
            made->as_number.nb_float = value;
            break;
        case Py_nb_floor_divide:
            made->as_number.nb_floor_divide = value;
            break;
        case Py_nb_index:
            made->as_number.nb_index = value;
            break;
        case Py_nb_inplace_add:
            made->as_number.nb_inplace_add = value;
            break;
        case Py_nb_inplace_and:
            made->as_number.nb_inplace_and = value;
            break;
        case Py_nb_inplace_floor_divide:
            made->as_number.nb_inplace_floor_divide = value;
            break;
        case Py_nb_inplace_lshift:
            made->as_number.nb_inplace_lshift = value;
            break;
        case Py_nb_inplace_multiply:
            made->as_number.nb_inplace_multiply = value;
            break;
        case Py_nb_inplace_or:
            made->as_number.nb_inplace_or = value;
            break;
        case Py_nb_inplace_power:
            made->as_number.nb_inplace_power = value;
            break;
        case Py_nb_inplace_remainder:
            made->as_number.nb_inplace_remainder = value;
            break;
        case Py_nb_inplace_rshift:
            made->as_number.nb_inplace_rshift = value;
            break;
        case Py_nb_inplace_subtract:
            made->as_number.nb_inplace_subtract = value;
            break;
        case Py_nb_inplace_true_divide:
            made->as_number.nb_inplace_true_divide = value;
            break;
        case Py_nb_inplace_xor:
            made->as_number.nb_inplace_xor = value;
            break;
        case Py_nb_int:
            made->as_number.nb_int = value;
            break;
        case Py_nb_invert:
            made->as_number.nb_invert = value;
            break;
        case Py_nb_lshift:
            made->as_number.nb_lshift = value;
            break;
        case Py_nb_multiply:
            made->as_number.nb_multiply = value;
            break;
        case Py_nb_negative:
            made->as_number.nb_negative = value;
            break;
        case Py_nb_or:
            made->as_number.nb_or = value;
            break;
        case Py_nb_positive:
            made->as_number.nb_positive = value;
            break;
        case Py_nb_power:
            made->as_number.nb_power = value;
            break;
        case Py_nb_remainder:
            made->as_number.nb_remainder = value;
            break;
        case Py_nb_rshift:
            made->as_number.nb_rshift = value;
            break;
        case Py_nb_subtract:
            made->as_number.nb_subtract = value;
            break;
        case Py_nb_true_divide:
            made->as_number.nb_true_divide = value;
            break;
        case Py_nb_xor:
            made->as_number.nb_xor = value;
            break;
        case Py_sq_ass_item:
            made->as_sequence.sq_ass_item = value;
            break;
        case Py_sq_concat:
            made->as_sequence.sq_concat = value;
            break;
        case Py_sq_contains:
            made->as_sequence.sq_contains = value;
            break;
        case Py_sq_inplace_concat:
            made->as_sequence.sq_inplace_concat = value;
            break;
        case Py_sq_inplace_repeat:
            made->as_sequence.sq_inplace_repeat = value;
            break;
        case Py_sq_item:
            made->as_sequence.sq_item = value;
            break;
        case Py_sq_length:
            made->as_sequence.sq_length = value;
            break;
        case Py_sq_repeat:
            made->as_sequence.sq_repeat = value;
            break;
        case Py_tp_alloc:
            made->ht_type.tp_alloc = value;
            break;
        case Py_tp_base:
            made->ht_type.tp_base = value;
            break;
        case Py_tp_call:
            made->ht_type.tp_call = value;
            break;
        case Py_tp_clear:
            made->ht_type.tp_clear = value;
            break;
        case Py_tp_dealloc:
            made->ht_type.tp_dealloc = value;
            break;
        case Py_tp_del:
            made->ht_type.tp_del = value;
            break;
        case Py_tp_descr_get:
            made->ht_type.tp_descr_get = value;
            break;
        case Py_tp_descr_set:
            made->ht_type.tp_descr_set = value;
            break;
        case Py_tp_doc:
            made->ht_type.tp_doc = value;
            break;
        case Py_tp_getattr:
            made->ht_type.tp_getattr = value;
            break;
        case Py_tp_getattro:
            made->ht_type.tp_getattro = value;
            break;
        case Py_tp_hash:
            made->ht_type.tp_hash = value;
            break;
        case Py_tp_init:
            made->ht_type.tp_init = value;
            break;
        case Py_tp_is_gc:
            made->ht_type.tp_is_gc = value;
            break;
        case Py_tp_iter:
            made->ht_type.tp_iter = value;
            break;
        case Py_tp_iternext:
            made->ht_type.tp_iternext = value;
            break;
        case Py_tp_methods:
            made->ht_type.tp_methods = value;
            break;
        case Py_tp_new:
            made->ht_type.tp_new = value;
            break;
        case Py_tp_repr:
            made->ht_type.tp_repr = value;
            break;
        case Py_tp_richcompare:
            made->ht_type.tp_richcompare = value;
            break;
        case Py_tp_setattr:
            made->ht_type.tp_setattr = value;
            break;
        case Py_tp_setattro:
            made->ht_type.tp_setattro = value;
            break;
        case Py_tp_str:
            made->ht_type.tp_str = value;
            break;
        case Py_tp_traverse:
            made->ht_type.tp_traverse = value;
            break;
        case Py_tp_members:
            made->ht_type.tp_members = value;
            break;
        case Py_tp_getset:
            made->ht_type.tp_getset = value;
            break;
        case Py_tp_free:
            made->ht_type.tp_free = value;
            break;
        case Py_nb_matrix_multiply:
            made->as_number.nb_matrix_multiply = value;
            break;
        case Py_nb_inplace_matrix_multiply:
            made->as_number.nb_inplace_matrix_multiply = value;
            break;
        case Py_tp_finalize:
            made->ht_type.tp_finalize = value;
            break;
        case Py_tp_bases:
            made->ht_type.tp_base =
                (PyTypeObject*)(PyTuple_Check((PyObject*)value) ? ((PyTupleObject*)value)->ob_item[0] : value);
            break;
        default:
            break;
    }
}

static int is_named(const char* name, const char* wanted) {
    while (*name && *name == *wanted) ++name, ++wanted;
    return *name == *wanted;
}

/* What is no member, but says where instances keep something. */
static void set_offsets(PyTypeObject* type, const PyMemberDef* members) {
    for (; members && members->name; ++members)
        if (is_named(members->name, "__weaklistoffset__")) type->tp_weaklistoffset = members->offset;
}

static PyTypeObject* base_of(PyObject* bases) {
    if (!bases) return NULL;
    return (PyTypeObject*)(PyTuple_Check(bases) ? ((PyTupleObject*)bases)->ob_item[0] : bases);
}

/* The types made so far, for what looks for one by its specification. */
#define MOST_TYPES 64
static struct {
    const PyType_Spec* spec;
    PyObject* type;
} made_types[MOST_TYPES];
static int count;

PyObject* gnomon_type_of(const PyType_Spec* spec) {
    for (int i = 0; i < count; ++i)
        if (made_types[i].spec == spec) return made_types[i].type;
    __gnomon_exit_program(); /* the module was loaded without it */
    return NULL;
}

PyObject* PyType_FromModuleAndSpec(PyObject* module, PyType_Spec* spec, PyObject* bases) {
    PyHeapTypeObject* made = gnomon_new(&PyType_Type, sizeof(PyHeapTypeObject));
    if (!made) return NULL;
    PyTypeObject* type = &made->ht_type;
    type->tp_name = spec->name;
    type->tp_basicsize = spec->basicsize;
    type->tp_itemsize = spec->itemsize;
    type->tp_flags = spec->flags | Py_TPFLAGS_HEAPTYPE;
    type->tp_base = base_of(bases);
    type->tp_as_number = &made->as_number;
    type->tp_as_sequence = &made->as_sequence;
    type->tp_as_mapping = &made->as_mapping;
    type->tp_as_buffer = &made->as_buffer;
    made->ht_module = module;
    if (module) gnomon_hold(module);
    for (PyType_Slot* slot = spec->slots; slot->slot; ++slot) set_slot(made, slot->slot, slot->pfunc);
    set_offsets(type, type->tp_members);
    if (!type->tp_base) type->tp_base = &PyBaseObject_Type;
    PyType_Ready(type);
    if (count == MOST_TYPES) __gnomon_not_modelled("that many types");
    made_types[count].spec = spec;
    made_types[count++].type = (PyObject*)type;
    return (PyObject*)type;
}

PyObject* PyType_FromSpecWithBases(PyType_Spec* spec, PyObject* bases) {
    return PyType_FromModuleAndSpec(NULL, spec, bases);
}

PyObject* PyType_FromSpec(PyType_Spec* spec) { return PyType_FromModuleAndSpec(NULL, spec, NULL); }

PyObject* PyType_GetModule(PyTypeObject* type) {
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) || !((PyHeapTypeObject*)type)->ht_module)
        return gnomon_raise(PyExc_TypeError);
    return ((PyHeapTypeObject*)type)->ht_module;
}

void* PyType_GetModuleState(PyTypeObject* type) {
    PyObject* module = PyType_GetModule(type);
    return module ? PyModule_GetState(module) : NULL;
}

PyObject* PyType_GetModuleByDef(PyTypeObject* type, struct PyModuleDef* definition) {
    for (PyTypeObject* one = type; one; one = one->tp_base) {
        if (!(one->tp_flags & Py_TPFLAGS_HEAPTYPE)) continue;
        PyObject* module = ((PyHeapTypeObject*)one)->ht_module;
        if (module && PyModule_GetDef(module) == definition) return module;
    }
    return gnomon_raise(PyExc_TypeError);
}

PyObject* PyErr_NewException(const char* name, PyObject* base, PyObject* dict) {
    (void)dict;
    PyHeapTypeObject* made = gnomon_new(&PyType_Type, sizeof(PyHeapTypeObject));
    if (!made) return NULL;
    PyTypeObject* type = &made->ht_type;
    type->tp_name = name;
    type->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_HAVE_GC;
    type->tp_base = base ? base_of(base) : (PyTypeObject*)PyExc_Exception;
    PyType_Ready(type);
    return (PyObject*)type;
}

PyObject* PyErr_NewExceptionWithDoc(const char* name, const char* doc, PyObject* base, PyObject* dict) {
    (void)doc;
    return PyErr_NewException(name, base, dict);
}
