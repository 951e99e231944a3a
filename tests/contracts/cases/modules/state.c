#include <Python.h>

typedef struct {
    int count;
} State;

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "pkg.state", NULL, sizeof(State), NULL, NULL};
static struct PyModuleDef inner = {PyModuleDef_HEAD_INIT, "inner", NULL, -1, NULL, NULL};

int read_state(PyObject *module) {
    State *state = (State *)PyModule_GetState(module);
    return state->count;
}
PyObject *make_inner(void) { return PyModule_Create(&inner); }

PyMODINIT_FUNC PyInit_state(void) { return PyModule_Create(&definition); }
