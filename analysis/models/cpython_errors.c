/* The error indicator. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#undef PyErr_BadInternalCall
#undef Py_FatalError

static PyObject* raised; /* the type */
static PyObject* raised_value;
static int has_text; /* the value is a text that nobody has looked at yet */

int gnomon_is_raised(void) { return raised != NULL; }

void gnomon_clear(void) {
    PyObject *type = raised, *value = raised_value;
    raised = raised_value = NULL;
    has_text = 0;
    if (type) gnomon_drop(type);
    if (value) gnomon_drop(value);
}

PyObject* gnomon_raise(PyObject* type) {
    gnomon_clear();
    gnomon_hold(type);
    raised = type;
    return NULL;
}

int gnomon_fail(PyObject* type) {
    gnomon_raise(type);
    return -1;
}

PyObject* gnomon_bad_call(void) { return gnomon_raise(PyExc_SystemError); }

static int is_exception_class(PyObject* type) {
    return PyType_Check(type) && PyType_FastSubclass((PyTypeObject*)type, Py_TPFLAGS_BASE_EXC_SUBCLASS);
}

void PyErr_SetObject(PyObject* type, PyObject* value) {
#if PY_VERSION_HEX < 0x030C0000
    if (!type) { /* whoever has not made its exception yet, raises nothing */
        gnomon_clear();
        return;
    }
#endif
    if (!is_exception_class(type)) {
        gnomon_raise(PyExc_SystemError);
        return;
    }
    if (value) gnomon_hold(value); /* before the old one goes, which may be the same */
    gnomon_raise(type);
    raised_value = value;
}

void PyErr_SetNone(PyObject* type) { PyErr_SetObject(type, NULL); }

void PyErr_SetString(PyObject* type, const char* text) {
    size_t length = 0;
    while (text[length]) ++length;
    PyErr_SetObject(type, NULL);
    has_text = raised != NULL;
}

PyObject* PyErr_Occurred(void) { return raised; }
void PyErr_Clear(void) { gnomon_clear(); }
void PyErr_Print(void) { gnomon_clear(); }
void PyErr_PrintEx(int sets_variables) {
    (void)sets_variables;
    gnomon_clear();
}
void PyErr_WriteUnraisable(PyObject* object) {
    (void)object;
    gnomon_clear();
}
int PyErr_CheckSignals(void) { return 0; }

PyObject* PyErr_NoMemory(void) { return gnomon_raise(PyExc_MemoryError); }
void PyErr_BadInternalCall(void) { gnomon_bad_call(); }
void _PyErr_BadInternalCall(const char* file, int line) {
    (void)file, (void)line;
    gnomon_bad_call();
}
int PyErr_BadArgument(void) {
    gnomon_raise(PyExc_TypeError);
    return 0;
}
PyObject* PyErr_SetFromErrno(PyObject* type) { return gnomon_raise(type); }
PyObject* PyErr_SetFromErrnoWithFilename(PyObject* type, const char* name) {
    (void)name;
    return gnomon_raise(type);
}
PyObject* PyErr_SetFromErrnoWithFilenameObject(PyObject* type, PyObject* name) {
    (void)name;
    return gnomon_raise(type);
}
int PyErr_WarnEx(PyObject* category, const char* text, Py_ssize_t level) {
    (void)category, (void)text, (void)level;
    return 0;
}

static int is_derived(PyTypeObject* type, PyObject* base) {
    for (; type; type = type->tp_base)
        if ((PyObject*)type == base) return 1;
    return 0;
}

int PyErr_GivenExceptionMatches(PyObject* given, PyObject* wanted) {
    if (!given || !wanted) return 0;
    if (PyTuple_Check(wanted)) {
        for (Py_ssize_t i = 0; i < Py_SIZE(wanted); ++i)
            if (PyErr_GivenExceptionMatches(given, ((PyTupleObject*)wanted)->ob_item[i])) return 1;
        return 0;
    }
    PyTypeObject* type = PyType_Check(given) ? (PyTypeObject*)given : Py_TYPE(given);
    return is_derived(type, wanted);
}

int PyErr_ExceptionMatches(PyObject* wanted) { return PyErr_GivenExceptionMatches(raised, wanted); }

/* The value as others see it: a text where one was given, from 3.12 on an exception. */
static PyObject* value_of(PyObject* type) {
    int let = gnomon_let_allocation_fail(0); /* it is there already */
    if (has_text && !raised_value) {
        PyObject* text = PyUnicode_New(0, 0);
        gnomon_steal(text);
        raised_value = text;
    }
    has_text = 0;
#if PY_VERSION_HEX >= 0x030C0000
    if (!raised_value || !is_derived(Py_TYPE(raised_value), PyExc_BaseException)) {
        if (raised_value) gnomon_drop(raised_value);
        PyObject* made = ((PyTypeObject*)type)->tp_new((PyTypeObject*)type, NULL, NULL);
        gnomon_steal(made);
        raised_value = made;
    }
#else
    (void)type;
#endif
    gnomon_let_allocation_fail(let);
    return raised_value;
}

void PyErr_Fetch(PyObject** type, PyObject** value, PyObject** traceback) {
    *type = raised;
    *value = *traceback = NULL;
    if (!raised) return;
    *value = value_of(raised);
    gnomon_give(raised);
    if (raised_value) gnomon_give(raised_value);
    raised = raised_value = NULL;
}

void PyErr_Restore(PyObject* type, PyObject* value, PyObject* traceback) {
    gnomon_clear();
    if (traceback) Py_DECREF(traceback);
    if (!type) {
        if (value) Py_DECREF(value);
        return;
    }
    gnomon_steal(type);
    if (value) gnomon_steal(value);
    raised = type;
    raised_value = value;
}

void PyErr_NormalizeException(PyObject** type, PyObject** value, PyObject** traceback) {
    (void)traceback;
    if (!*type || (*value && is_derived(Py_TYPE(*value), PyExc_BaseException))) return;
    int let = gnomon_let_allocation_fail(0); /* there would be another exception in its place */
    PyObject* made = ((PyTypeObject*)*type)->tp_new((PyTypeObject*)*type, NULL, NULL);
    gnomon_let_allocation_fail(let);
    if (*value) Py_DECREF(*value);
    *value = made;
}

PyObject* PyErr_GetRaisedException(void) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (!type) return NULL;
    PyErr_NormalizeException(&type, &value, &traceback);
    Py_DECREF(type);
    return value;
}

void PyErr_SetRaisedException(PyObject* exception) {
    if (!exception) {
        gnomon_clear();
        return;
    }
    PyObject* type = (PyObject*)Py_TYPE(exception);
    PyErr_SetObject(type, exception);
    Py_DECREF(exception);
}

void gnomon_let_exception_go(PyObject* exception) {
    PyBaseExceptionObject* self = (PyBaseExceptionObject*)exception;
    PyObject_GC_UnTrack(exception);
    if (self->args) gnomon_drop(self->args);
    if (self->cause) gnomon_drop(self->cause);
    if (self->context) gnomon_drop(self->context);
    gnomon_free(exception);
}

PyObject* gnomon_new_exception(PyTypeObject* type, PyObject* args, PyObject* kwds) {
    (void)kwds;
    PyBaseExceptionObject* made = gnomon_new(type, (size_t)type->tp_basicsize);
    if (!made) return NULL;
    if (args) gnomon_hold(args);
    made->args = args;
    return (PyObject*)made;
}

/* Steals a reference of the other one. */
void PyException_SetCause(PyObject* exception, PyObject* cause) {
    PyBaseExceptionObject* self = (PyBaseExceptionObject*)exception;
    if (cause) gnomon_steal(cause);
    if (self->cause) gnomon_drop(self->cause);
    self->cause = cause;
}

void PyException_SetContext(PyObject* exception, PyObject* context) {
    PyBaseExceptionObject* self = (PyBaseExceptionObject*)exception;
    if (context) gnomon_steal(context);
    if (self->context) gnomon_drop(self->context);
    self->context = context;
}

int PyException_SetTraceback(PyObject* exception, PyObject* traceback) {
    (void)exception, (void)traceback;
    return 0;
}

void Py_FatalError(const char* text) {
    (void)text;
    __gnomon_exit_program();
}

void _Py_FatalErrorFunc(const char* function, const char* text) {
    (void)function, (void)text;
    __gnomon_exit_program();
}
