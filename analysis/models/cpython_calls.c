/* Calls of Python code, attributes, and what objects can be asked. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

void Py_Initialize(void) {}
int Py_FinalizeEx(void) { return 0; }
int Py_IsInitialized(void) { return 1; }

/* The reference to the callee stays the caller's, but its code may do what it likes. */
static PyObject* call(PyObject* callee, PyObject* args, PyObject* kwds) {
    if (!callee) return gnomon_is_raised() ? NULL : gnomon_bad_call();
    if (gnomon_is_foreign(callee)) {
        if (gnomon_is_raised()) __gnomon_not_modelled("calls what other modules hold while an exception is set");
        return gnomon_foreign_call(args);
    }
    if (Py_TYPE(callee) == &gnomon_Any_Type) gnomon_change_container(callee);
    ternaryfunc function = Py_TYPE(callee)->tp_call;
    if (!function) return gnomon_raise(PyExc_TypeError);
    if (gnomon_is_raised()) gnomon_called_with_exception();
    return function(callee, args, kwds);
}

/* Instances do not look at what they are called with; types and callables of C code get their tuple. */
static PyObject* call_with(PyObject* callee, PyObject* const* args, Py_ssize_t count) {
    if (!callee || Py_TYPE(callee) == &gnomon_Any_Type) return call(callee, NULL, NULL);
    PyObject* tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; tuple && i < count; ++i) {
        gnomon_hold(args[i]);
        ((PyTupleObject*)tuple)->ob_item[i] = args[i];
    }
    PyObject* result = tuple ? call(callee, tuple, NULL) : NULL;
    Py_XDECREF(tuple);
    return result;
}

PyObject* PyObject_Call(PyObject* callee, PyObject* args, PyObject* kwds) { return call(callee, args, kwds); }
PyObject* PyObject_CallObject(PyObject* callee, PyObject* args) {
    return args ? call(callee, args, NULL) : call_with(callee, NULL, 0);
}
PyObject* PyObject_CallNoArgs(PyObject* callee) { return call_with(callee, NULL, 0); }
PyObject* gnomon_inline__PyObject_CallNoArg(PyObject* callee) { return call_with(callee, NULL, 0); }
PyObject* gnomon_inline_PyObject_CallOneArg(PyObject* callee, PyObject* argument) {
    return call_with(callee, &argument, 1);
}
PyObject* gnomon_inline_PyObject_Vectorcall(PyObject* callee, PyObject* const* args, size_t count, PyObject* names) {
    if (names && PyTuple_GET_SIZE(names) && callee && Py_TYPE(callee) != &gnomon_Any_Type)
        __gnomon_not_modelled("a vector call with keywords");
    return call_with(callee, args, PyVectorcall_NARGS(count));
}

#define MOST_ARGUMENTS 16

PyObject* PyObject_CallFunctionObjArgs(PyObject* callee, ...) {
    PyObject *args[MOST_ARGUMENTS], *argument;
    Py_ssize_t count = 0;
    va_list arguments;
    va_start(arguments, callee);
    while ((argument = va_arg(arguments, PyObject*))) {
        if (count == MOST_ARGUMENTS) __gnomon_not_modelled("a call with so many arguments");
        args[count++] = argument;
    }
    va_end(arguments);
    return call_with(callee, args, count);
}

int PyCallable_Check(PyObject* object) { return object && Py_TYPE(object)->tp_call != NULL; }

/* Attributes: of instances whatever they like; of types and objects of the interpreter, nobody knows. */
static PyObject* attribute(PyObject* object, const char* name) {
    if (gnomon_is_foreign(object)) return gnomon_foreign_attribute(name);
    if (gnomon_is_foreign_class(object)) return gnomon_foreign();
    if (name && PyModule_CheckExact(object)) {
        PyObject* value = gnomon_module_value(object, name);
        if (!value) return gnomon_foreign();
        Py_INCREF(value);
        return value;
    }
    if (Py_TYPE(object) == &gnomon_Any_Type) return gnomon_call_python(object);
    if (!name) __gnomon_not_modelled("an attribute of an object");
    return gnomon_method(object, name);
}

PyObject* PyObject_GetAttrString(PyObject* object, const char* name) { return attribute(object, name); }
PyObject* PyObject_GetAttr(PyObject* object, PyObject* name) {
    if (!PyUnicode_Check(name)) return gnomon_raise(PyExc_TypeError);
    return attribute(object, NULL);
}
int PyObject_HasAttrString(PyObject* object, const char* name) {
    PyObject* value = attribute(object, name);
    gnomon_clear();
    if (value) Py_DECREF(value);
    return value != NULL;
}
int PyObject_HasAttr(PyObject* object, PyObject* name) {
    (void)name;
    return PyObject_HasAttrString(object, NULL);
}
int PyObject_SetAttrString(PyObject* object, const char* name, PyObject* value) {
    (void)name, (void)value;
    if (Py_TYPE(object) != &gnomon_Any_Type) __gnomon_not_modelled("an attribute of an object");
    return Py_TYPE(object)->tp_setattro(object, NULL, value);
}
int PyObject_SetAttr(PyObject* object, PyObject* name, PyObject* value) {
    (void)name;
    return PyObject_SetAttrString(object, NULL, value);
}
PyObject* PyObject_GenericGetAttr(PyObject* object, PyObject* name) {
    (void)object, (void)name;
    __gnomon_not_modelled("an attribute of an object");
    return NULL;
}
int PyObject_GenericSetAttr(PyObject* object, PyObject* name, PyObject* value) {
    (void)object, (void)name, (void)value;
    __gnomon_not_modelled("an attribute of an object");
    return -1;
}
PyObject* PyObject_CallMethodObjArgs(PyObject* object, PyObject* name, ...) {
    (void)name;
    PyObject* method = attribute(object, NULL);
    if (!method) return NULL;
    PyObject* result = call(method, NULL, NULL);
    Py_DECREF(method);
    return result;
}

int PyObject_IsTrue(PyObject* object) {
    if (object == Py_True) return 1;
    if (object == Py_False || object == Py_None) return 0;
    PyTypeObject* type = Py_TYPE(object);
    Py_ssize_t result = 1;
    if (type->tp_as_number && type->tp_as_number->nb_bool)
        result = type->tp_as_number->nb_bool(object);
    else if (type->tp_as_mapping && type->tp_as_mapping->mp_length)
        result = type->tp_as_mapping->mp_length(object);
    else if (type->tp_as_sequence && type->tp_as_sequence->sq_length)
        result = type->tp_as_sequence->sq_length(object);
    return result > 0 ? 1 : (int)result;
}
int PyObject_Not(PyObject* object) {
    int is_true = PyObject_IsTrue(object);
    return is_true < 0 ? is_true : !is_true;
}

PyObject* PyObject_Type(PyObject* object) {
    if (!object) return gnomon_bad_call();
    Py_INCREF((PyObject*)Py_TYPE(object));
    return (PyObject*)Py_TYPE(object);
}

int PyObject_IsInstance(PyObject* object, PyObject* type) {
    if (gnomon_is_foreign(type)) __gnomon_not_modelled("what other modules hold");
    if (PyTuple_Check(type)) {
        for (Py_ssize_t i = 0; i < Py_SIZE(type); ++i)
            if (PyObject_IsInstance(object, ((PyTupleObject*)type)->ob_item[i])) return 1;
        return 0;
    }
    if (!PyType_Check(type)) return gnomon_fail(PyExc_TypeError);
    return PyType_IsSubtype(Py_TYPE(object), (PyTypeObject*)type);
}

/* A text of the object, unless its own method has another idea. */
static PyObject* text_of(PyObject* object, reprfunc method) {
    if (!object) return PyUnicode_FromString("<NULL>");
    if (!method) return gnomon_some_str();
    PyObject* text = method(object);
    if (!text || PyUnicode_Check(text)) return text;
    Py_DECREF(text);
    return gnomon_raise(PyExc_TypeError);
}
PyObject* PyObject_Str(PyObject* object) {
    if (object && PyUnicode_CheckExact(object)) {
        Py_INCREF(object);
        return object;
    }
    return text_of(object, object ? Py_TYPE(object)->tp_str : NULL);
}
PyObject* PyObject_ASCII(PyObject* object) { return text_of(object, object ? Py_TYPE(object)->tp_repr : NULL); }
PyObject* PyObject_Repr(PyObject* object) { return text_of(object, object ? Py_TYPE(object)->tp_repr : NULL); }

/* Modules that are written in Python, or by others. */
PyObject* PyImport_ImportModule(const char* name) {
    (void)name;
    return gnomon_foreign();
}
PyObject* PyImport_Import(PyObject* name) {
    (void)name;
    return gnomon_foreign();
}
PyObject* PyImport_ImportModuleNoBlock(const char* name) {
    (void)name;
    return gnomon_foreign();
}
PyObject* PyImport_AddModule(const char* name) {
    (void)name;
    __gnomon_not_modelled("other modules");
    return NULL;
}
