/* PyList_SetItem steals the item even where it fails. */
//~ run: owner_failed_set_item_fixed.put([b'a'], 9, 25000)
//~ run: owner_failed_set_item_fixed.put([b'a'], 0, 25000)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *put(PyObject *self, PyObject *args) {
    PyObject *list;
    Py_ssize_t index;
    long value;
    if (!PyArg_ParseTuple(args, "O!nl", &PyList_Type, &list, &index, &value)) return NULL;
    PyObject *number = PyLong_FromLong(value);
    if (!number) return NULL;
    if (PyList_SetItem(list, index, number) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"put", put, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_failed_set_item_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_failed_set_item_fixed(void) { return PyModule_Create(&module); }
