/* A key without hash cannot be put into the dict, which nobody looks at. */
//~ run: exception_set_item_ignored.single([], 1)
//~ run: exception_set_item_ignored.single('a', 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* single(key, value) -> {key: value} */
static PyObject *single(PyObject *self, PyObject *args) {
    PyObject *key, *value;
    if (!PyArg_UnpackTuple(args, "single", 2, 2, &key, &value)) return NULL;
    PyObject *dict = PyDict_New();
    if (!dict) return NULL;
    PyDict_SetItem(dict, key, value);
    return dict;  //~ error[exception.pending]
}

static PyMethodDef methods[] = {
    {"single", single, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_set_item_ignored", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_set_item_ignored(void) { return PyModule_Create(&module); }
