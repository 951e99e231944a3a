/* Each sum is a new object; the one before is forgotten. */
//~ run: owner_sum_leaks_totals.total([1.5, 2.5])
//~ run: owner_sum_leaks_totals.total([])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *total(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return NULL;
    PyObject *sum = PyFloat_FromDouble(0.0);  //~ error[owner.leak]
    if (!sum) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        sum = PyNumber_Add(sum, PyList_GET_ITEM(list, i));  //~ error[owner.leak]
        if (!sum) return NULL;
    }
    return sum;
}

static PyMethodDef methods[] = {
    {"total", total, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_sum_leaks_totals", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_sum_leaks_totals(void) { return PyModule_Create(&module); }
