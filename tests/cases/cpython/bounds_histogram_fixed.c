/* Grades are 0 to 10: eleven places. */
//~ run: bounds_histogram_fixed.histogram([10])
//~ run: bounds_histogram_fixed.histogram([1, 9])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *histogram(PyObject *self, PyObject *args) {
    PyObject *grades;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &grades)) return NULL;
    long counts[11] = {0};
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(grades); i++) {
        long grade = PyLong_AsLong(PyList_GET_ITEM(grades, i));
        if (grade == -1 && PyErr_Occurred()) return NULL;
        if (grade < 0 || grade > 10) {
            PyErr_SetString(PyExc_ValueError, "grades are 0 to 10");
            return NULL;
        }
        counts[grade] += 1;
    }
    return PyLong_FromLong(counts[0]);
}

static PyMethodDef methods[] = {
    {"histogram", histogram, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_histogram_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_histogram_fixed(void) { return PyModule_Create(&module); }
