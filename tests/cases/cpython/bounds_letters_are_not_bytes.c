/* The room is counted in letters, the text is copied in bytes of UTF-8. */
//~ run: bounds_letters_are_not_bytes.lowered('\u0394')
//~ run: bounds_letters_are_not_bytes.lowered('Abc')
//~ run: bounds_letters_are_not_bytes.lowered('\0ab')
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *lowered(PyObject *self, PyObject *args) {
    PyObject *text;
    if (!PyArg_ParseTuple(args, "U:lowered", &text)) return NULL;
    Py_ssize_t size;
    const char *bytes = PyUnicode_AsUTF8AndSize(text, &size);
    if (!bytes) return NULL;
    char *copied = PyMem_Malloc((size_t)PyUnicode_GET_LENGTH(text) + 1);
    if (!copied) return PyErr_NoMemory();
    strcpy(copied, bytes);  //~ error[bounds.write]
    if (copied[0] >= 'A' && copied[0] <= 'Z') copied[0] += 'a' - 'A';
    PyObject *result = PyUnicode_DecodeUTF8(copied, size, NULL);
    PyMem_Free(copied);
    return result;  //~ error[defined.read]: gives Python bytes that were never set
}

static PyMethodDef methods[] = {
    {"lowered", lowered, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_letters_are_not_bytes", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_letters_are_not_bytes(void) { return PyModule_Create(&module); }
