/* Modules: what loading makes of them, and what they hold. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

struct name {
    const char* name;
    PyObject* value;
};
struct gnomon_module {
    PyObject head;
    PyObject* dict;
    struct PyModuleDef* definition;
    void* state;
    struct name* names;
    int count, room;
};

static struct gnomon_module* loaded; /* the interpreter's own reference */

static void let_module_go(PyObject* module) { (void)module; } /* with the interpreter */

PyTypeObject PyModule_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "module",
    .tp_basicsize = sizeof(struct gnomon_module),
    .tp_dealloc = let_module_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
};
PyTypeObject PyModuleDef_Type = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "moduledef",
    .tp_basicsize = sizeof(struct PyModuleDef),
    .tp_dealloc = let_module_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
};

PyObject* PyModuleDef_Init(struct PyModuleDef* definition) {
    ((PyObject*)definition)->ob_type = &PyModuleDef_Type;
    return (PyObject*)definition;
}

PyObject* PyModule_Create2(struct PyModuleDef* definition, int version) {
    (void)version;
    struct gnomon_module* module = gnomon_new(&PyModule_Type, sizeof(struct gnomon_module));
    if (!module) return NULL;
    __gnomon_keep(module);
    module->definition = definition;
    if (definition->m_size > 0) module->state = gnomon_block((size_t)definition->m_size);
    loaded = module;
    return (PyObject*)module;
}

PyObject* PyModule_New(const char* name) {
    (void)name;
    struct gnomon_module* module = gnomon_new(&PyModule_Type, sizeof(struct gnomon_module));
    if (module) __gnomon_keep(module);
    return (PyObject*)module;
}

void* PyModule_GetState(PyObject* module) { return ((struct gnomon_module*)module)->state; }
struct PyModuleDef* PyModule_GetDef(PyObject* module) { return ((struct gnomon_module*)module)->definition; }
/* Of a C function by itself nobody knows what was loaded before. */
PyObject* PyState_FindModule(struct PyModuleDef* definition) {
    if (!loaded) __gnomon_not_modelled("a module that was loaded before");
    return loaded && loaded->definition == definition ? (PyObject*)loaded : NULL;
}
int PyState_AddModule(PyObject* module, struct PyModuleDef* definition) {
    (void)module, (void)definition;
    return 0;
}

PyObject* PyModule_GetDict(PyObject* module) {
    struct gnomon_module* self = (struct gnomon_module*)module;
    if (!self->dict) {
        int let = gnomon_let_allocation_fail(0); /* it is there already */
        self->dict = PyDict_New();
        gnomon_let_allocation_fail(let);
        gnomon_steal(self->dict);
    }
    return self->dict;
}

/* Takes over the reference. */
static void add(struct gnomon_module* module, const char* name, PyObject* value) {
    gnomon_steal(value);
    if (module->count == module->room) {
        int room = module->room ? 2 * module->room : 16;
        struct name* names = gnomon_block((size_t)room * sizeof(struct name));
        if (module->count) __gnomon_copy(names, module->names, (size_t)module->count * sizeof(struct name));
        if (module->count) __gnomon_release(module->names);
        module->names = names;
        module->room = room;
    }
    module->names[module->count].name = name;
    module->names[module->count].value = value;
    module->count += 1;
}

/* Steals the reference, but for failures. */
int PyModule_AddObject(PyObject* module, const char* name, PyObject* value) {
    if (!PyModule_Check(module)) return gnomon_fail(PyExc_TypeError);
    if (!value) return gnomon_is_raised() ? -1 : gnomon_fail(PyExc_SystemError);
    if (gnomon_allocation_fails()) return gnomon_fail(PyExc_MemoryError);
    add((struct gnomon_module*)module, name, value);
    return 0;
}

int PyModule_AddObjectRef(PyObject* module, const char* name, PyObject* value) {
    if (!PyModule_Check(module)) return gnomon_fail(PyExc_TypeError);
    if (!value) return gnomon_is_raised() ? -1 : gnomon_fail(PyExc_SystemError);
    if (gnomon_allocation_fails()) return gnomon_fail(PyExc_MemoryError);
    Py_INCREF(value);
    add((struct gnomon_module*)module, name, value);
    return 0;
}

int PyModule_Add(PyObject* module, const char* name, PyObject* value) {
    int result = PyModule_AddObjectRef(module, name, value);
    if (value) Py_DECREF(value);
    return result;
}

int PyModule_AddType(PyObject* module, PyTypeObject* type) {
    if (PyType_Ready(type) < 0) return -1;
    return PyModule_AddObjectRef(module, type->tp_name, (PyObject*)type);
}

/* What they add, nobody looks for. */
static int add_unseen(PyObject* module) {
    if (!PyModule_Check(module)) return gnomon_fail(PyExc_TypeError);
    return gnomon_allocation_fails() ? gnomon_fail(PyExc_MemoryError) : 0;
}
int PyModule_AddIntConstant(PyObject* module, const char* name, long value) {
    (void)name, (void)value;
    return add_unseen(module);
}
int PyModule_AddStringConstant(PyObject* module, const char* name, const char* value) {
    (void)name, (void)value;
    return add_unseen(module);
}
int PyModule_AddFunctions(PyObject* module, PyMethodDef* functions) {
    (void)functions;
    return add_unseen(module);
}
int PyModule_SetDocString(PyObject* module, const char* text) {
    (void)text;
    return add_unseen(module);
}

/* null: there is no such name. */
PyObject* gnomon_module_value(PyObject* module, const char* name) {
    struct gnomon_module* self = (struct gnomon_module*)module;
    for (int i = 0; i < self->count; ++i) {
        const char* one = self->names[i].name;
        size_t at = 0;
        while (one[at] && one[at] == name[at]) ++at;
        if (!one[at] && !name[at]) return self->names[i].value;
    }
    return NULL;
}

/* What the interpreter makes of the result of a module's init function; null: loading failed. */
static PyObject* load(PyObject* result) {
    __gnomon_returned(result, !result, gnomon_is_raised(), 0, 0, 0);
    if (!result) return NULL;
    if (Py_TYPE(result) != &PyModuleDef_Type) {
        gnomon_steal(result);
        return result;
    }
    struct PyModuleDef* definition = (struct PyModuleDef*)result;
    PyObject* module = PyModule_Create2(definition, PYTHON_API_VERSION);
    if (!module) return NULL;
    gnomon_steal(module);
    for (PyModuleDef_Slot* slot = definition->m_slots; slot && slot->slot; ++slot) {
        if (slot->slot == Py_mod_create) __gnomon_not_modelled("modules that make themselves");
        if (slot->slot != Py_mod_exec) continue;
        int (*execute)(PyObject*) = (int (*)(PyObject*))slot->value;
        int status = execute(module);
        __gnomon_returned(NULL, status < 0, gnomon_is_raised(), 0, 0, 0);
        if (status < 0) return NULL;
    }
    return module;
}

/* Where loading fails, there is nothing to call. */
PyObject* gnomon_loaded(PyObject* result) {
    PyObject* module = load(result);
    if (!module) __gnomon_exit_program();
    return module;
}

/* Of loading that may fail: what is lost then, is lost each time that it is tried. */
void gnomon_try_to_load(PyObject* result) {
    if (load(result)) __gnomon_exit_program();
    gnomon_clear();
}
