/* The item at hand is given back before the loop is left. */
//~ run: owner_item_leaked_on_break_fixed.index((bytearray(2), bytearray(3)), 3)
//~ run: owner_item_leaked_on_break_fixed.index((bytearray(2),), 1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* index(tuple, size) -> where something of that size stands; -1 if nowhere */
static PyObject *find_index(PyObject *self, PyObject *args) {
    PyObject *items;
    Py_ssize_t wanted;
    if (!PyArg_ParseTuple(args, "O!n", &PyTuple_Type, &items, &wanted)) return NULL;
    PyObject *iterator = PyObject_GetIter(items);
    if (!iterator) return NULL;
    long index = -1, at = 0;
    PyObject *item;
    while ((item = PyIter_Next(iterator))) {
        Py_ssize_t size = PyObject_Size(item);
        Py_DECREF(item);
        if (size < 0 || size == wanted) {
            index = at;
            break;
        }
        at++;
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromLong(index);
}

static PyMethodDef methods[] = {
    {"index", find_index, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_item_leaked_on_break_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_item_leaked_on_break_fixed(void) { return PyModule_Create(&module); }
