/* The separator is counted, the NUL behind it is not. */
//~ run: bounds_prefix_copied.joined('abcdef', 'ghijkl')
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *joined(PyObject *self, PyObject *args) {
    const char *left, *right;
    if (!PyArg_ParseTuple(args, "ss:joined", &left, &right)) return NULL;
    size_t first = strlen(left), second = strlen(right);
    char *path = malloc(first + 1 + second);
    if (!path) return PyErr_NoMemory();
    memcpy(path, left, first);
    path[first] = '/';
    memcpy(path + first + 1, right, second + 1);  //~ error[bounds.write]
    PyObject *made = PyUnicode_FromString(path);
    free(path);
    return made;
}

static PyMethodDef methods[] = {
    {"joined", joined, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_prefix_copied", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_prefix_copied(void) { return PyModule_Create(&module); }
