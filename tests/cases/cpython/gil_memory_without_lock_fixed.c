/* PyMem_RawMalloc needs no lock. */
//~ run: gil_memory_without_lock_fixed.sum_of(5)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *sum_of(PyObject *self, PyObject *args) {
    unsigned char count;
    unsigned sum = 0;
    if (!PyArg_ParseTuple(args, "b:sum_of", &count)) return NULL;
    Py_BEGIN_ALLOW_THREADS
    unsigned *numbers = PyMem_RawMalloc(sizeof(unsigned) * 256);
    if (numbers) {
        numbers[count] = count;
        sum = numbers[count] * 2;
    }
    PyMem_RawFree(numbers);
    Py_END_ALLOW_THREADS
    return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"sum_of", sum_of, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_memory_without_lock_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_memory_without_lock_fixed(void) { return PyModule_Create(&module); }
