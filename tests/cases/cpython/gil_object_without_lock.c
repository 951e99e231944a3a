/* The bytes object is made before the lock is taken back. */
//~ run: gil_object_without_lock.fill(100, 65)
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *fill(PyObject *self, PyObject *args) {
    char block[300];
    unsigned char count;
    int letter;
    if (!PyArg_ParseTuple(args, "bi:fill", &count, &letter)) return NULL;
    PyObject *made;
    Py_BEGIN_ALLOW_THREADS
    memset(block, letter, sizeof block);
    made = PyBytes_FromStringAndSize(block, count + 2);  //~ error[gil.missing]
    Py_END_ALLOW_THREADS
    return made;
}

static PyMethodDef methods[] = {
    {"fill", fill, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "gil_object_without_lock", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_gil_object_without_lock(void) { return PyModule_Create(&module); }
