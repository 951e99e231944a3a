/* Adding may fail, and the sum is used all the same. */
//~ run: null_sum_of_numbers.doubled(None)
//~ run: null_sum_of_numbers.doubled(2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *doubled(PyObject *self, PyObject *arg) {
    PyObject *sum = PyNumber_Add(arg, arg);
    if (Py_TYPE(sum) != Py_TYPE(arg)) {  //~ error[null.deref]
        Py_DECREF(sum);
        PyErr_SetString(PyExc_TypeError, "adding made something else of it");
        return NULL;
    }
    return sum;
}

static PyMethodDef methods[] = {
    {"doubled", doubled, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "null_sum_of_numbers", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_null_sum_of_numbers(void) { return PyModule_Create(&module); }
