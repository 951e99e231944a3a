// While a view shows the letters, the object gets no others.
//~ run: made = owner_exported_memory_fixed.Letters(b"abc"); view = memoryview(made); made.set(b"defghi")
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    char *letters;
    Py_ssize_t length;
    int shown;
} Letters;

static int take(Letters *self, PyObject *args) {
    const char *text;
    char *copy;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "y#", &text, &length))
        return -1;
    copy = PyMem_Malloc((size_t)length + 1);
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(copy, text, (size_t)length + 1);
    PyMem_Free(self->letters);
    self->letters = copy;
    self->length = length;
    return 0;
}

static PyObject *letters_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    Letters *self = (Letters *)type->tp_alloc(type, 0);
    (void)kwds;
    if (self != NULL && take(self, args) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static void letters_dealloc(Letters *self) {
    PyMem_Free(self->letters);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *letters_set(Letters *self, PyObject *args) {
    if (self->shown) {
        PyErr_SetString(PyExc_BufferError, "a view shows the letters");
        return NULL;
    }
    if (take(self, args) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int letters_getbuffer(Letters *self, Py_buffer *view, int flags) {
    if (PyBuffer_FillInfo(view, (PyObject *)self, self->letters, self->length, 1, flags) < 0)
        return -1;
    self->shown++;
    return 0;
}

static void letters_releasebuffer(Letters *self, Py_buffer *view) {
    (void)view;
    self->shown--;
}

static PyBufferProcs letters_as_buffer = {
    (getbufferproc)letters_getbuffer,
    (releasebufferproc)letters_releasebuffer,
};

static PyMethodDef letters_methods[] = {
    {"set", (PyCFunction)letters_set, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject letters_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner_exported_memory_fixed.Letters",
    .tp_basicsize = sizeof(Letters),
    .tp_dealloc = (destructor)letters_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_buffer = &letters_as_buffer,
    .tp_methods = letters_methods,
    .tp_new = letters_new,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "owner_exported_memory_fixed",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_owner_exported_memory_fixed(void) {
    PyObject *made = PyModule_Create(&module);
    if (made == NULL)
        return NULL;
    if (PyType_Ready(&letters_type) < 0 || PyModule_AddObjectRef(made, "Letters", (PyObject *)&letters_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
