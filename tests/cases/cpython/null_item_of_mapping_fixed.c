/* Without the item the call fails. */
//~ run: null_item_of_mapping_fixed.port({})
//~ run: null_item_of_mapping_fixed.port({'port': 80})
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *port(PyObject *self, PyObject *config) {
    PyObject *item = PyMapping_GetItemString(config, "port");
    if (!item) return NULL;
    if (Py_IS_TYPE(item, &PyLong_Type)) return item;
    Py_DECREF(item);
    PyErr_SetString(PyExc_TypeError, "a port is an int");
    return NULL;
}

static PyMethodDef methods[] = {
    {"port", port, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_item_of_mapping_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_item_of_mapping_fixed(void) { return PyModule_Create(&module); }
