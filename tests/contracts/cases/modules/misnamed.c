#include <Python.h>

static int run(PyObject *module) { return module == NULL; }
static int run_more(PyObject *module, int more) { return module == NULL && more; }
static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, run},
    {Py_mod_exec, run_more},  //~ error[contract.module]: `run_more` as `Py_mod_exec` takes 2 parameters, and CPython passes 1
    {0, NULL},
};
static PyModuleDef_Slot empty[] = {
    {Py_mod_exec, NULL},  //~ error[contract.module]: `Py_mod_exec` in `empty` is NULL
    {0, NULL},
};
static struct PyModuleDef module = {  //~ error[contract.module]: `module` has `m_slots` and a negative `m_size`
    PyModuleDef_HEAD_INIT, "misnamed", NULL, -1, NULL, slots};
struct PyModuleDef other = {PyModuleDef_HEAD_INIT, "misnamed", NULL, 0, NULL, empty};

PyMODINIT_FUNC PyInit_misnamed(void) {  //~ error[contract.module]: `PyInit_misnamed` in the sources of `cases._misnamed`: Python looks for `PyInit__misnamed`
    return PyModuleDef_Init(&module);
}
