/* The first item of a list that has one. */
//~ run: type_item_of_any_fixed.first([b'ab'])
//~ run: type_item_of_any_fixed.first(0.5)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first(PyObject *self, PyObject *arg) {
    if (!PyList_Check(arg) || PyList_GET_SIZE(arg) == 0) {
        PyErr_SetString(PyExc_TypeError, "first() takes a list with an item");
        return NULL;
    }
    PyObject *item = PyList_GET_ITEM(arg, 0);
    return Py_NewRef(item);
}


static PyMethodDef methods[] = {
    {"first", first, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "type_item_of_any_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_type_item_of_any_fixed(void) { return PyModule_Create(&module); }
