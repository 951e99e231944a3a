/* Whether the key could be put into the dict is looked at. */
//~ run: exception_set_item_ignored_fixed.single([], 1)
//~ run: exception_set_item_ignored_fixed.single('a', 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* single(key, value) -> {key: value} */
static PyObject *single(PyObject *self, PyObject *args) {
    PyObject *key, *value;
    if (!PyArg_UnpackTuple(args, "single", 2, 2, &key, &value)) return NULL;
    PyObject *dict = PyDict_New();
    if (!dict) return NULL;
    if (PyDict_SetItem(dict, key, value) < 0) {
        Py_DECREF(dict);
        return NULL;
    }
    return dict;
}

static PyMethodDef methods[] = {
    {"single", single, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "exception_set_item_ignored_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_exception_set_item_ignored_fixed(void) { return PyModule_Create(&module); }
