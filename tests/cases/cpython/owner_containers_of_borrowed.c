/* PyTuple_SET_ITEM and its kin take over a reference that nobody gave them. */
//~ run: owner_containers_of_borrowed.swapped((bytearray(1), bytearray(2)))
//~ run: owner_containers_of_borrowed.listed(bytearray(1))
//~ run: owner_containers_of_borrowed.named(bytearray(1))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The items of a tuple. */
static PyObject *swapped(PyObject *self, PyObject *args) {
    PyObject *pair;
    if (!PyArg_ParseTuple(args, "O!:swapped", &PyTuple_Type, &pair)) return NULL;
    if (PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_ValueError, "swapped() takes a pair");
        return NULL;
    }
    PyObject *made = PyTuple_New(2);
    if (!made) return NULL;
    PyObject *first = PyTuple_GET_ITEM(pair, 0), *second = PyTuple_GET_ITEM(pair, 1);
    PyTuple_SET_ITEM(made, 0, second);
    PyTuple_SET_ITEM(made, 1, first);
    return made;  //~ error[owner.borrowed]
}

/* The argument in a list. */
static PyObject *listed(PyObject *self, PyObject *arg) {
    PyObject *made = PyList_New(1);
    if (!made) return NULL;
    PyList_SET_ITEM(made, 0, arg);
    return made;  //~ error[owner.borrowed]
}

/* The argument in a list in a tuple. */
static PyObject *named(PyObject *self, PyObject *arg) {
    return Py_BuildValue("(s[N])", "name", arg);  //~ error[owner.borrowed]
    //~^ error[owner.over-decref]
}

static PyMethodDef methods[] = {
    {"swapped", swapped, METH_VARARGS, NULL},
    {"listed", listed, METH_O, NULL},
    {"named", named, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_containers_of_borrowed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_containers_of_borrowed(void) { return PyModule_Create(&module); }
