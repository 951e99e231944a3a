/* The registry of the module has no such entry, which is no reason to return null alone. */
//~ run: exception_module_state_lookup.find('a')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject *registry;
} State;

static PyObject *find(PyObject *module, PyObject *key) {
    State *state = PyModule_GetState(module);
    PyObject *found = PyDict_GetItemWithError(state->registry, key);
    if (!found) {
        return NULL;  //~ error[exception.missing]
    }
    Py_INCREF(found);
    return found;
}

static int execute(PyObject *module) {
    State *state = PyModule_GetState(module);
    state->registry = PyDict_New();
    return state->registry ? 0 : -1;
}

static void free_state(void *module) {
    State *state = PyModule_GetState(module);
    if (state) Py_CLEAR(state->registry);
}

static PyMethodDef methods[] = {
    {"find", find, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "exception_module_state_lookup", .m_size = sizeof(State), .m_methods = methods, .m_slots = slots,
    .m_free = free_state,
};
PyMODINIT_FUNC PyInit_exception_module_state_lookup(void) { return PyModuleDef_Init(&module); }
