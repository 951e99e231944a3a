/* What is compared is held, and never given back. */
//~ run: owner_argument_never_given_back.same([1], [1])
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *same(PyObject *self, PyObject *args) {
    PyObject *left, *right;
    if (!PyArg_ParseTuple(args, "OO:same", &left, &right)) return NULL;
    Py_INCREF(left);  //~ error[owner.leak]
    int answer = PyObject_RichCompareBool(left, right, Py_EQ);
    return answer < 0 ? NULL : PyBool_FromLong(answer);
}


static PyMethodDef methods[] = {
    {"same", same, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_argument_never_given_back", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_argument_never_given_back(void) { return PyModule_Create(&module); }
