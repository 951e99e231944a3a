/* The months of Python's are counted down by one. */
//~ run: bounds_day_of_year_fixed.days_in(12)
//~ run: bounds_day_of_year_fixed.days_in(1)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static const unsigned char lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static PyObject *days_in(PyObject *self, PyObject *month) {
    long number = PyLong_AsLong(month);
    if (number == -1 && PyErr_Occurred()) return NULL;
    if (number < 1 || number > 12) return PyErr_Format(PyExc_ValueError, "no month %ld", number);
    return PyLong_FromLong(lengths[number - 1]);
}

static PyMethodDef methods[] = {
    {"days_in", days_in, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_day_of_year_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_day_of_year_fixed(void) { return PyModule_Create(&module); }
