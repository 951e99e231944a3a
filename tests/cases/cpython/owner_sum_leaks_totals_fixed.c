/* Each sum takes the place of the one before, which is given back. */
//~ run: owner_sum_leaks_totals_fixed.total([1.5, 2.5])
//~ run: owner_sum_leaks_totals_fixed.total([])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *total(PyObject *self, PyObject *args) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return NULL;
    PyObject *sum = PyFloat_FromDouble(0.0);
    if (!sum) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *more = PyNumber_Add(sum, PyList_GET_ITEM(list, i));
        Py_DECREF(sum);
        if (!more) return NULL;
        sum = more;
    }
    return sum;
}

static PyMethodDef methods[] = {
    {"total", total, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_sum_leaks_totals_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_sum_leaks_totals_fixed(void) { return PyModule_Create(&module); }
