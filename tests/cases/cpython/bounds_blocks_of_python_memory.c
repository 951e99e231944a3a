/* Blocks of PyMem_Malloc and PyObject_Malloc, used too long or too far. */
//~ run: bounds_blocks_of_python_memory.doubled(3)
//~ run: bounds_blocks_of_python_memory.released(5)
//~ run: bounds_blocks_of_python_memory.grown(2)
//~ run: bounds_blocks_of_python_memory.table(4)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The error path frees what the end frees again. */
static PyObject *doubled(PyObject *self, PyObject *args) {
    int number;
    if (!PyArg_ParseTuple(args, "i:doubled", &number)) return NULL;
    int *block = PyMem_Malloc(sizeof(int));
    if (!block) return PyErr_NoMemory();
    *block = number;
    if (number % 2) {
        PyErr_SetString(PyExc_ValueError, "odd");
        PyMem_Free(block);
    }
    PyMem_Free(block);  //~ error[lifetime.double-free]
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromLong(number);
}

/* Freed before it is read. */
static PyObject *released(PyObject *self, PyObject *args) {
    int number;
    if (!PyArg_ParseTuple(args, "i:released", &number)) return NULL;
    int *block = PyObject_Malloc(sizeof(int));
    if (!block) return PyErr_NoMemory();
    *block = number;
    PyObject_Free(block);
    return PyLong_FromLong(*block);  //~ error[lifetime.use-after-free]
}

/* The pointer of before PyMem_Realloc. */
static PyObject *grown(PyObject *self, PyObject *args) {
    unsigned char count;
    if (!PyArg_ParseTuple(args, "b:grown", &count)) return NULL;
    char *block = PyMem_Calloc(1, 8);
    if (!block) return PyErr_NoMemory();
    char *larger = PyMem_Realloc(block, 8000 + (size_t)count);
    if (!larger) {
        PyMem_Free(block);
        return PyErr_NoMemory();
    }
    char first = block[0];  //~ error[lifetime.use-after-free]
    PyMem_Free(larger);
    return PyLong_FromLong(first);
}

/* Counted in items, allocated in bytes. */
static PyObject *table(PyObject *self, PyObject *args) {
    unsigned char count;
    if (!PyArg_ParseTuple(args, "b:table", &count)) return NULL;
    if (count == 0) Py_RETURN_NONE;
    double *cells = PyMem_Malloc(count);
    if (!cells) return PyErr_NoMemory();
    cells[count - 1] = 1.0;  //~ error[bounds.write]
    PyMem_Free(cells);
    return PyLong_FromLong(count);
}

static PyMethodDef methods[] = {
    {"doubled", doubled, METH_VARARGS, NULL},
    {"released", released, METH_VARARGS, NULL},
    {"grown", grown, METH_VARARGS, NULL},
    {"table", table, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_blocks_of_python_memory", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_blocks_of_python_memory(void) { return PyModule_Create(&module); }
