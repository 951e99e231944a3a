/* PyList_SetItem steals a reference to the argument, of which there is none to steal. */
//~ run: owner_argument_stolen_by_list.repeat(bytearray(b'abc'), 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *repeat(PyObject *self, PyObject *args) {
    PyObject *value;
    int count;
    if (!PyArg_ParseTuple(args, "Oi:repeat", &value, &count)) return NULL;
    if (count < 0 || count > 2) {
        PyErr_Format(PyExc_ValueError, "cannot repeat %d times", count);
        return NULL;
    }
    PyObject *list = PyList_New(count);
    if (!list) return NULL;
    for (int i = 0; i < count; i++) {
        if (PyList_SetItem(list, i, value) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;  //~ error[owner.borrowed]
}

static PyMethodDef methods[] = {
    {"repeat", repeat, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_argument_stolen_by_list", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_argument_stolen_by_list(void) { return PyModule_Create(&module); }
