/* "N" takes over a reference to the argument that belongs to the caller. */
//~ run: owner_build_value_n.tagged('x', bytearray(4))
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *tagged(PyObject *self, PyObject *args) {
    const char *tag;
    PyObject *value;
    if (!PyArg_ParseTuple(args, "sO:tagged", &tag, &value)) return NULL;
    return Py_BuildValue("{sN}", tag, value);  //~ error[owner.borrowed]
    //~^ error[owner.over-decref]
}

static PyMethodDef methods[] = {
    {"tagged", tagged, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_build_value_n", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_build_value_n(void) { return PyModule_Create(&module); }
