/* Without PY_SSIZE_T_CLEAN; right with the headers of Python 3.13. */
#include <Python.h>

PyObject *wrong(PyObject *args) {
    char *text;
    int length;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "s#", &text, &length))  //~ error[contract.format]: `#` in the format of `PyArg_ParseTuple` without `PY_SSIZE_T_CLEAN`
        return NULL;
    if (!PyArg_ParseTuple(args, "is#", &length, &text, &size))  //~ error[contract.format]: raises SystemError
        return NULL;
    return Py_BuildValue("y#", text, size);  //~ error[contract.format]: `#` in the format of `Py_BuildValue`
}

PyObject *right(PyObject *args) {
    char *text;
    if (!PyArg_ParseTuple(args, "s", &text))
        return NULL;
    return Py_BuildValue("s", text);
}
