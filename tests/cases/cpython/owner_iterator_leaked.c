/* The iterator is not given back. */
//~ run: owner_iterator_leaked.count([1, 2])
//~ run: owner_iterator_leaked.count(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* How many items are true. */
static PyObject *count(PyObject *self, PyObject *items) {
    PyObject *iterator = PyObject_GetIter(items);  //~ error[owner.leak]
    if (!iterator) return NULL;
    long found = 0;
    PyObject *item;
    while ((item = PyIter_Next(iterator))) {
        int is_true = PyObject_IsTrue(item);
        Py_DECREF(item);
        if (is_true < 0) {
            Py_DECREF(iterator);
            return NULL;
        }
        found += is_true;
    }
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromLong(found);
}

static PyMethodDef methods[] = {
    {"count", count, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_iterator_leaked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_iterator_leaked(void) { return PyModule_Create(&module); }
