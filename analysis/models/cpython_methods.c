/* Methods of the interpreter's own objects that only make something of them: what they give is some text or bytes. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#include "cpython.h"

static const char* const of_text[] = {"capitalize", "expandtabs", "lower",    "lstrip", "rstrip",
                                      "strip",      "swapcase",   "title",    "upper"};

static int is_in(const char* name, const char* const* names, size_t count) {
    for (size_t i = 0; i < count; ++i)
        if (strcmp(name, names[i]) == 0) return 1;
    return 0;
}
#define IS_IN(name, names) is_in(name, names, sizeof(names) / sizeof *(names))

static PyObject* make_text(PyObject* self, PyObject* args, PyObject* kwds) {
    (void)self, (void)kwds;
    if (args && Py_SIZE(args)) __gnomon_not_modelled("a method's arguments");
    return gnomon_some_str();
}
static PyObject* make_bytes(PyObject* self, PyObject* args, PyObject* kwds) {
    (void)self, (void)kwds;
    if (args && Py_SIZE(args)) __gnomon_not_modelled("a method's arguments");
    return gnomon_some_bytes();
}

static void let_go(PyObject* method) { gnomon_free(method); }

static PyTypeObject makes_text = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "builtin_function_or_method",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = let_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_call = make_text,
};
static PyTypeObject makes_bytes = {
    .ob_base = STATIC_VAR_HEAD(&PyType_Type),
    .tp_name = "builtin_function_or_method",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = let_go,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_READY,
    .tp_base = &PyBaseObject_Type,
    .tp_call = make_bytes,
};

PyObject* gnomon_method(PyObject* object, const char* name) {
    int is_of_text = IS_IN(name, of_text);
    if (PyUnicode_CheckExact(object) && (is_of_text || strcmp(name, "casefold") == 0))
        return gnomon_new(&makes_text, sizeof(PyObject));
    if (PyBytes_CheckExact(object) && is_of_text) return gnomon_new(&makes_bytes, sizeof(PyObject));
    __gnomon_not_modelled("an attribute of an object");
    return NULL;
}
