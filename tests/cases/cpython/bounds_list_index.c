/* The index comes from Python as it is, and PyList_GET_ITEM looks at nothing. */
//~ run: bounds_list_index.item([1], 3)
//~ run: bounds_list_index.item([1], 0)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *item(PyObject *self, PyObject *args) {
    PyObject *list;
    Py_ssize_t index;
    if (!PyArg_ParseTuple(args, "O!n:item", &PyList_Type, &list, &index)) return NULL;
    if (index < 0) index += PyList_GET_SIZE(list);
    PyObject *found = PyList_GET_ITEM(list, index);  //~ error[bounds.read]
    Py_INCREF(found);
    return found;
}

static PyMethodDef methods[] = {
    {"item", item, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_list_index", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_list_index(void) { return PyModule_Create(&module); }
