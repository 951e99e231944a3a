/* The number of bytes of a grid does not fit its type, so that the block is smaller than a row. */
//~ run: bounds_product_wraps.last_of_row(2, 2**60)
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *last_of_row(PyObject *self, PyObject *args) {
    Py_ssize_t rows, columns;
    if (!PyArg_ParseTuple(args, "nn:last_of_row", &rows, &columns)) return NULL;
    if (rows <= 0 || columns <= 0) {
        PyErr_SetString(PyExc_ValueError, "a grid has rows and columns");
        return NULL;
    }
    size_t size = (size_t)rows * (size_t)columns * sizeof(double);
    double *cells = PyMem_Malloc(size);
    if (!cells) return PyErr_NoMemory();
    memset(cells, 0, size);
    double last = cells[columns - 1];  //~ error[bounds.read]
    PyMem_Free(cells);
    return PyFloat_FromDouble(last);
}

static PyMethodDef methods[] = {{"last_of_row", last_of_row, METH_VARARGS, "Of a new grid."}, {NULL}};
static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "bounds_product_wraps", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_product_wraps(void) {
    return PyModule_Create(&module);
}
