/* The copy of a text needs a byte more than its length. */
//~ run: bounds_text_without_room_for_nul.copy('abcdefgh')
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *copy(PyObject *self, PyObject *args) {
    const char *text;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "s#", &text, &size)) return NULL;
    char *copied = PyMem_Malloc((size_t)size);
    if (!copied) return PyErr_NoMemory();
    memcpy(copied, text, (size_t)size);
    copied[size] = 0;  //~ error[bounds.write]
    PyObject *result = PyUnicode_FromStringAndSize(copied, size);
    PyMem_Free(copied);
    return result;
}

static PyMethodDef methods[] = {
    {"copy", copy, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_text_without_room_for_nul", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_text_without_room_for_nul(void) { return PyModule_Create(&module); }
