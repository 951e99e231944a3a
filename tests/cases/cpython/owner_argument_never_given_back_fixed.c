/* What is compared is held while it is looked at. */
//~ run: owner_argument_never_given_back_fixed.same([1], [1])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *same(PyObject *self, PyObject *args) {
    PyObject *left, *right;
    if (!PyArg_ParseTuple(args, "OO:same", &left, &right)) return NULL;
    Py_INCREF(left);
    int answer = PyObject_RichCompareBool(left, right, Py_EQ);
    Py_DECREF(left);
    return answer < 0 ? NULL : PyBool_FromLong(answer);
}


static PyMethodDef methods[] = {
    {"same", same, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_argument_never_given_back_fixed", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_argument_never_given_back_fixed(void) { return PyModule_Create(&module); }
