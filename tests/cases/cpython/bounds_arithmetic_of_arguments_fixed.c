/* What C cannot compute is refused. */
//~ run: bounds_arithmetic_of_arguments_fixed.share(10, 0)
//~ run: bounds_arithmetic_of_arguments_fixed.bit(40)
//~ run: bounds_arithmetic_of_arguments_fixed.whole(1e300)
//~ run: bounds_arithmetic_of_arguments_fixed.milliseconds(7000000)
//~ run: bounds_arithmetic_of_arguments_fixed.distance(-2147483648)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *refuse(const char *why) {
    PyErr_SetString(PyExc_ValueError, why);
    return NULL;
}

/* A division by what may be zero. */
static PyObject *share(PyObject *self, PyObject *args) {
    unsigned total, count;
    if (!PyArg_ParseTuple(args, "II:share", &total, &count)) return NULL;
    if (count == 0) return refuse("nobody to share with");
    return PyLong_FromUnsignedLong(total / count);
}

/* A shift by any number. */
static PyObject *bit(PyObject *self, PyObject *args) {
    int number;
    if (!PyArg_ParseTuple(args, "i:bit", &number)) return NULL;
    if (number < 0 || number > 31) return refuse("bits are 0 to 31");
    return PyLong_FromUnsignedLong(1u << number);
}

/* A float that no int can be. */
static PyObject *whole(PyObject *self, PyObject *args) {
    double value;
    if (!PyArg_ParseTuple(args, "d:whole", &value)) return NULL;
    if (!(value > -1e9 && value < 1e9)) return refuse("too large");
    return PyLong_FromLong((int)value);
}

/* Milliseconds in 32 bits. */
static PyObject *milliseconds(PyObject *self, PyObject *args) {
    int seconds;
    if (!PyArg_ParseTuple(args, "i:milliseconds", &seconds)) return NULL;
    if (seconds < 0) return refuse("negative");
    return PyLong_FromLong(seconds * 1000L);
}

/* The smallest int has no positive twin. */
static PyObject *distance(PyObject *self, PyObject *args) {
    int offset;
    if (!PyArg_ParseTuple(args, "i:distance", &offset)) return NULL;
    if (offset < 0) offset = offset == INT_MIN ? INT_MAX : -offset;
    return PyLong_FromLong(offset);
}

static PyMethodDef methods[] = {
    {"share", share, METH_VARARGS, NULL},
    {"bit", bit, METH_VARARGS, NULL},
    {"whole", whole, METH_VARARGS, NULL},
    {"milliseconds", milliseconds, METH_VARARGS, NULL},
    {"distance", distance, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_arithmetic_of_arguments_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_arithmetic_of_arguments_fixed(void) { return PyModule_Create(&module); }
