/* Rows are as long as the width, not the height. */
//~ run: bounds_row_by_row.get(2, 1)
//~ run: bounds_row_by_row.get(0, 0)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum { WIDTH = 3, HEIGHT = 2 };
static const unsigned char board[WIDTH * HEIGHT] = {1, 2, 3, 4, 5, 6};

/* get(row, column) */
static PyObject *get(PyObject *self, PyObject *args) {
    unsigned char row, column;
    if (!PyArg_ParseTuple(args, "bb:get", &row, &column)) return NULL;
    if (row > HEIGHT || column >= WIDTH) {
        PyErr_SetString(PyExc_IndexError, "beyond the board");
        return NULL;
    }
    return PyLong_FromLong(board[row * WIDTH + column]);  //~ error[bounds.read]
}

static PyMethodDef methods[] = {
    {"get", get, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_row_by_row", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_row_by_row(void) { return PyModule_Create(&module); }
