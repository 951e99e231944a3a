#include <Python.h>

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "shared", NULL, -1, NULL};

PyMODINIT_FUNC PyInit__first(void) {
    return PyModule_Create(&module);  //~ warning[contract.module]: `PyInit__first` makes a module that calls itself `shared`
}
