/* The letter behind the last one is read where the text ends with the quote. */
//~ run: bounds_letter_beyond.escaped('a\\')
//~ run: bounds_letter_beyond.escaped('\\n')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The letter behind the first backslash. */
static PyObject *escaped(PyObject *self, PyObject *args) {
    PyObject *text;
    if (!PyArg_ParseTuple(args, "U:escaped", &text)) return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    Py_UCS4 *letters = PyMem_New(Py_UCS4, length ? length : 1);
    if (!letters) return PyErr_NoMemory();
    if (!PyUnicode_AsUCS4(text, letters, length, 0)) {
        PyMem_Free(letters);
        return NULL;
    }
    Py_UCS4 found = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        if (letters[i] == '\\') {
            found = letters[i + 1];  //~ error[bounds.read]
            break;
        }
    }
    PyMem_Free(letters);
    return PyLong_FromUnsignedLong(found);
}

static PyMethodDef methods[] = {
    {"escaped", escaped, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bounds_letter_beyond", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_bounds_letter_beyond(void) { return PyModule_Create(&module); }
