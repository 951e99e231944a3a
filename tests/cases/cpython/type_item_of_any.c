/* The first item of whatever is passed. */
//~ run: type_item_of_any.first([b'ab'])
//~ run: type_item_of_any.first(0.5)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *first(PyObject *self, PyObject *arg) {
    PyObject *item = PyList_GET_ITEM(arg, 0);  //~ error[type.mismatch]
    return Py_NewRef(item);
}


static PyMethodDef methods[] = {
    {"first", first, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "type_item_of_any", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_type_item_of_any(void) { return PyModule_Create(&module); }
