#include <Python.h>

typedef struct {
    int count;
} State;

static int run(PyObject *module) { return module == NULL; }
static PyModuleDef_Slot slots[] = {{Py_mod_exec, run}, {0, NULL}};
static struct PyModuleDef phased = {PyModuleDef_HEAD_INIT, "started", NULL, 0, NULL, slots};
static struct PyModuleDef negative = {PyModuleDef_HEAD_INIT, "started", NULL, -1, NULL, NULL};
static struct PyModuleDef other = {PyModuleDef_HEAD_INIT, "pkg.another", NULL, -1, NULL, NULL};

PyObject *found(void) {
    return PyState_FindModule(&phased);  //~ error[contract.module]: `phased` has `m_slots`: `PyState_FindModule` returns NULL for it
}
PyObject *fresh(void) {
    return PyModule_Create(&phased);  //~ error[contract.module]: `phased` has `m_slots`: `PyModule_Create` raises SystemError
}
PyObject *again(void) {
    return PyModuleDef_Init(&negative);  //~ error[contract.module]: `negative` has a negative `m_size`
}
int read_state(PyObject *module) {
    State *state = (State *)PyModule_GetState(module);  //~ error[contract.module]: `PyModule_GetState` returns NULL
    return state->count;
}
int read_at_once(PyObject *module) {
    return ((State *)PyModule_GetState(module))->count;  //~ error[contract.module]: `PyModule_GetState` returns NULL
}
int read_if_there(PyObject *module) {
    State *state = (State *)PyModule_GetState(module);
    if (state == NULL)
        return 0;
    return state->count;
}
int has_state(PyObject *module) { return PyModule_GetState(module) != NULL; }

PyMODINIT_FUNC PyInit_started(void) {
    PyState_FindModule(&negative);
    return PyModule_Create(&other);  //~ warning[contract.module]: `PyInit_started` makes a module that calls itself `pkg.another`
}
