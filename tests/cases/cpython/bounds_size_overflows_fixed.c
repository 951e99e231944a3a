/* The product is made in the type of sizes. */
//~ run: bounds_size_overflows_fixed.grid(65536, 65537)
//~ run: bounds_size_overflows_fixed.grid(2, 2)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *grid(PyObject *self, PyObject *args) {
    unsigned width, height;
    if (!PyArg_ParseTuple(args, "II:grid", &width, &height)) return NULL;
    if (width < 1 || height < 1 || width > 1u << 17 || height > 1u << 17) {
        PyErr_SetString(PyExc_ValueError, "no such grid");
        return NULL;
    }
    char *cells = PyMem_Calloc((size_t)width * height, 1);
    if (!cells) return PyErr_NoMemory();
    size_t last = (size_t)width * height - 1;
    cells[last] = 'x';
    PyMem_Free(cells);
    return PyLong_FromSize_t(last);
}

static PyMethodDef methods[] = {
    {"grid", grid, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_size_overflows_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_size_overflows_fixed(void) { return PyModule_Create(&module); }
