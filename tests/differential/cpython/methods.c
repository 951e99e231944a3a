/* Methods of the interpreter's own objects, finalizers, and types that nobody makes instances of. */
#include "probe.h"

static int finalized;
static void finalize(PyObject* op) { ++finalized; }
static void finalizable_dealloc(PyObject* op) {
    int kept = PyObject_CallFinalizerFromDealloc(op);
    printf("finalized %d %d\n", finalized, kept);
    if (kept == 0) Py_TYPE(op)->tp_free(op);
}
static PyTypeObject finalizable_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.finalizable",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = finalizable_dealloc,
    .tp_finalize = finalize,
};

#ifdef Py_TPFLAGS_DISALLOW_INSTANTIATION
static PyTypeObject closed_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.closed",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
};
#endif

/* What a method without arguments gives that has something to change: an object of which type. */
static void ask(PyObject* object, const char* name) {
    MARK(object);
    PyObject* given = PyObject_CallMethod(object, name, NULL);
    CHANGED(object);
    PRINT(given && PyUnicode_CheckExact(given));
    PRINT(given && PyBytes_CheckExact(given));
    PRINT(PyErr_Occurred() != NULL);
    Py_XDECREF(given);
}

int main(void) {
    start();
    const char* const names[] = {"capitalize", "expandtabs", "lower", "lstrip", "rstrip",
                                 "strip",      "swapcase",   "title", "upper"};
    PyObject *text = PyUnicode_FromString(" some\tText "), *bytes = PyBytes_FromString(" some\tText ");
    for (int i = 0; i < 9; ++i) {
        ask(text, names[i]);
        ask(bytes, names[i]);
    }
    ask(text, "casefold");
    Py_DECREF(text);
    Py_DECREF(bytes);

    PyType_Ready(&finalizable_type);
    PyObject* one = PyObject_New(PyObject, &finalizable_type);
    PyObject_CallFinalizer(one);
    PRINT(finalized);
    Py_DECREF(one);

#ifdef Py_TPFLAGS_DISALLOW_INSTANTIATION
    PyType_Ready(&closed_type);
    PRINT(closed_type.tp_new == NULL);
    PRINT(PyObject_CallNoArgs((PyObject*)&closed_type) == NULL);
    ERROR();
#endif
    return 0;
}
