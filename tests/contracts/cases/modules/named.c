#include <Python.h>

static PyObject *create(PyObject *spec, PyModuleDef *definition) { return definition ? spec : NULL; }
static int run(PyObject *module) { return module == NULL; }
static PyModuleDef_Slot slots[] = {{Py_mod_create, create}, {Py_mod_exec, run}, {0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_named", NULL, 0, NULL, slots};
struct PyModuleDef single = {PyModuleDef_HEAD_INIT, "_single", NULL, -1, NULL, NULL};

PyMODINIT_FUNC PyInit__named(void) { return PyModuleDef_Init(&module); }
