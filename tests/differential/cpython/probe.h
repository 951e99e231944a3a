/* What probes print with. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>

#define PRINT(expression) printf("%d: " #expression " %ld\n", __LINE__, (long)(expression))

/* Which exception is set, by its name; and clears it. */
static void print_error(int line) {
    PyObject* type = PyErr_Occurred();
    printf("%d: error %s\n", line, type ? ((PyTypeObject*)type)->tp_name : "none");
    PyErr_Clear();
}
#define ERROR() print_error(__LINE__)

/* By how much counts change between MARK and CHANGED. */
static Py_ssize_t marked;
#define MARK(object) (marked = Py_REFCNT(object))
#define CHANGED(object) printf("%d: changed " #object " %ld\n", __LINE__, (long)(Py_REFCNT(object) - marked))

/* Objects that are nobody else's, whose counts say all: instances of a type of the probe's own. */
static int living;
static void thing_dealloc(PyObject* thing) {
    --living;
    Py_TYPE(thing)->tp_free(thing);
}
static PyTypeObject thing_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.thing",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = thing_dealloc,
};
static PyObject* new_thing(void) {
    ++living;
    return PyObject_New(PyObject, &thing_type);
}
static void start(void) {
    Py_Initialize();
    PyType_Ready(&thing_type);
}
