/* PyList_Append does not steal: every square is given back. */
//~ run: owner_append_leaks_number_fixed.squares((1.5, 2.5))
//~ run: owner_append_leaks_number_fixed.squares(())
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *squares(PyObject *self, PyObject *args) {
    PyObject *numbers;
    if (!PyArg_ParseTuple(args, "O!:squares", &PyTuple_Type, &numbers)) return NULL;
    PyObject *result = PyList_New(0);
    if (!result) return NULL;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(numbers); i++) {
        double number = PyFloat_AsDouble(PyTuple_GET_ITEM(numbers, i));
        if (number == -1.0 && PyErr_Occurred()) {
            Py_DECREF(result);
            return NULL;
        }
        PyObject *square = PyFloat_FromDouble(number * number);
        if (!square || PyList_Append(result, square) < 0) {
            Py_XDECREF(square);
            Py_DECREF(result);
            return NULL;
        }
        Py_DECREF(square);
    }
    return result;
}

static PyMethodDef methods[] = {
    {"squares", squares, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_append_leaks_number_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_append_leaks_number_fixed(void) { return PyModule_Create(&module); }
