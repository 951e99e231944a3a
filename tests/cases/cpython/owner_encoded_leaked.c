/* The encoded text is used and forgotten. */
//~ run: owner_encoded_leaked.checksum('abc' * 20)
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *checksum(PyObject *self, PyObject *args) {
    PyObject *text;
    if (!PyArg_ParseTuple(args, "U", &text)) return NULL;
    PyObject *encoded = PyUnicode_AsUTF8String(text);  //~ error[owner.leak]: the `bytes` object
    if (!encoded) return NULL;
    unsigned sum = 0;
    const unsigned char *bytes = (const unsigned char *)PyBytes_AS_STRING(encoded);
    for (Py_ssize_t i = 0; i < PyBytes_GET_SIZE(encoded); i++) sum = sum * 31u + bytes[i];
    return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"checksum", checksum, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "owner_encoded_leaked", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_owner_encoded_leaked(void) { return PyModule_Create(&module); }
