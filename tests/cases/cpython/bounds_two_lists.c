/* The second list is taken to be as long as the first. */
//~ run: bounds_two_lists.dot([1.0, 2.0], [3.0])
//~ run: bounds_two_lists.dot([1.0], [3.0])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *dot(PyObject *self, PyObject *args) {
    PyObject *a, *b;
    if (!PyArg_ParseTuple(args, "O!O!:dot", &PyList_Type, &a, &PyList_Type, &b)) return NULL;
    int equal = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(a); i++) {
        PyObject *left = PyList_GET_ITEM(a, i);
        PyObject *right = PyList_GET_ITEM(b, i);  //~ error[bounds.read]
        equal += left == right;
    }
    return PyLong_FromLong(equal);
}

static PyMethodDef methods[] = {
    {"dot", dot, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_two_lists", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_two_lists(void) { return PyModule_Create(&module); }
