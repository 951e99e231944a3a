/* A cursor that a function of the module gives may have no place. */
//~ run: given_by_function.cursor(0).place
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long *place;
} Cursor;

static void cursor_dealloc(Cursor *self) {
    PyMem_Free(self->place);
    PyObject_Free(self);
}

static PyObject *cursor_place(Cursor *self, void *closure) {
    return PyLong_FromLong(*self->place);  //~ error[null.deref]
}

static PyGetSetDef cursor_getters[] = {{"place", (getter)cursor_place, NULL, "Where it is.", NULL}, {NULL}};
static PyTypeObject cursor_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given_by_function.Cursor",
    .tp_basicsize = sizeof(Cursor),
    .tp_dealloc = (destructor)cursor_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_getset = cursor_getters,
};

static PyObject *cursor(PyObject *module, PyObject *args) {
    int has_place;
    if (!PyArg_ParseTuple(args, "p:cursor", &has_place)) return NULL;
    Cursor *made = PyObject_New(Cursor, &cursor_type);
    if (!made) return NULL;
    made->place = NULL;
    if (!has_place) return (PyObject *)made;
    made->place = PyMem_Calloc(1, sizeof(long));
    if (!made->place) {
        Py_DECREF(made);
        return PyErr_NoMemory();
    }
    return (PyObject *)made;
}

static PyMethodDef methods[] = {{"cursor", cursor, METH_VARARGS, "With a place or without."}, {NULL}};
static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "given_by_function", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_given_by_function(void) {
    if (PyType_Ready(&cursor_type) < 0) return NULL;
    return PyModule_Create(&module);
}
