/* PyDict_SetItemString takes a reference of its own: the sizes are forgotten. */
//~ run: owner_dict_value_leaked.measure(['ab' * 600, [1] * 1000])
//~ run: owner_dict_value_leaked.measure([])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static int put_size(PyObject *into, const char *name, Py_ssize_t size) {
    PyObject *value = PyLong_FromSsize_t(size);  //~ error[owner.leak]
    return value ? PyDict_SetItemString(into, name, value) : -1;
}

static PyObject *measure(PyObject *self, PyObject *arg) {
    if (!PyList_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "measure() takes a list");
        return NULL;
    }
    PyObject *found = PyDict_New();
    if (!found) return NULL;
    if (put_size(found, "items", PyList_GET_SIZE(arg) + 1000) < 0) {
        Py_DECREF(found);
        return NULL;
    }
    return found;
}

static PyMethodDef methods[] = {
    {"measure", measure, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_dict_value_leaked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_dict_value_leaked(void) { return PyModule_Create(&module); }
