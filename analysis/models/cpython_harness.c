/* What Python does around a call of C code: the steps of an entry's history besides the user's functions. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

int gnomon_is_missing(PyObject* object);

#define MOST_ARGUMENTS 24

/* Any object, that Python holds while the call runs. */
static PyObject* pass(long id) {
    PyObject* object = gnomon_any(id);
    gnomon_note_passed(object, id);
    return object;
}

PyObject* gnomon_argument(long id) { return pass(id); }

static long choose_count(long id, long most) {
    long count = __gnomon_choose_long_as(id, "arguments", 0, MOST_ARGUMENTS);
    __gnomon_assume(count <= most);
    return count;
}

/* The tuple of a call without keywords; its size is chosen, its items lie there all. */
PyObject* gnomon_arguments(long id, long most) {
    PyTupleObject* tuple = gnomon_become(
        __gnomon_allocate_zero(offsetof(PyTupleObject, ob_item) + (size_t)most * sizeof(PyObject*)), &PyTuple_Type);
    gnomon_steal((PyObject*)tuple);
    for (long i = 0; i < most; ++i) tuple->ob_item[i] = pass(CHILD(id, i));
    long count = choose_count(id, most);
    Py_SET_SIZE((PyVarObject*)tuple, count);
    __gnomon_resize(tuple, offsetof(PyTupleObject, ob_item) + (size_t)count * sizeof(PyObject*));
    return (PyObject*)tuple;
}

/* The arguments of a fast call: so many, as `gnomon_count` says. */
PyObject** gnomon_vector(long id, long most) {
    PyObject** vector = __gnomon_allocate((size_t)most * sizeof(PyObject*));
    for (long i = 0; i < most; ++i) vector[i] = pass(CHILD(id, i));
    return vector;
}
Py_ssize_t gnomon_count(PyObject** vector, long id, long most) {
    long count = choose_count(id, most);
    __gnomon_resize(vector, (size_t)count * sizeof(PyObject*));
    return count;
}

/* What a method is told of the class that defines it. */
PyObject* gnomon_class(PyObject* made) { return (PyObject*)Py_TYPE(made); }

void gnomon_drop_vector(PyObject** vector) {
    size_t count = __gnomon_object_size(vector) / sizeof(PyObject*);
    for (size_t i = 0; i < count; ++i) gnomon_drop(vector[i]);
    __gnomon_release(vector); /* else it refers to them */
}

static void finish(void) { gnomon_clear(); }

static int is_any_missing(PyObject** items, Py_ssize_t size) {
    for (Py_ssize_t i = 0; i < size; ++i)
        if (items[i] && !__gnomon_is_later(items[i]) && gnomon_gives_too_much(items[i])) return 1;
    return 0;
}

/* More than C code owns: of the object itself, or of what hangs on it alone. */
int gnomon_gives_too_much(PyObject* object) {
    if (gnomon_is_missing(object)) return 1;
    if (__gnomon_object_size(object) == sizeof(long) || Py_REFCNT(object) != 1) return 0; /* nobody knows what it is */
    if (PyTuple_CheckExact(object)) return is_any_missing(((PyTupleObject*)object)->ob_item, Py_SIZE(object));
    if (PyList_CheckExact(object)) return is_any_missing(((PyListObject*)object)->ob_item, Py_SIZE(object));
    if (!PyDict_CheckExact(object)) return 0;
    struct gnomon_dict* dict = (struct gnomon_dict*)object;
    return is_any_missing(&dict->entries->key, 2 * dict->end);
}

/* Of bytes or a str: of what stands at both ends. How long it is says its block: of some texts nobody knows the length.
   There may be nothing before the NUL, which has `nul` bytes. */
static int ends_of(PyObject* result, const char* bytes, size_t nul) {
    size_t size = __gnomon_object_size(result) - (size_t)(bytes - (const char*)result) - nul;
    return bytes[0] + bytes[size - (size > 0)];
}
static int content_of(PyObject* result) {
    if (__gnomon_is_later(result) || __gnomon_object_size(result) == sizeof(long)) return 0;
    if (PyBytes_CheckExact(result)) return ends_of(result, PyBytes_AS_STRING(result), 1);
    if (!PyUnicode_CheckExact(result) || !PyUnicode_IS_COMPACT(result)) return 0;
    return ends_of(result, PyUnicode_DATA(result), PyUnicode_KIND(result));
}

static void look_at(PyObject* result) {
    int missing = result && gnomon_gives_too_much(result), content = result && !missing ? content_of(result) : 0;
    __gnomon_returned(result, !result, gnomon_is_raised(), missing, content, 0);
}

void gnomon_end_call(PyObject* result) {
    if (result) gnomon_steal(result);
    look_at(result);
    if (result) gnomon_drop(result);
    finish();
}

/* Of a function that returns a number: negative when it fails. */
void gnomon_end_status(int result) {
    __gnomon_returned(NULL, result < 0, gnomon_is_raised(), 0, 0, 0);
    finish();
}

void gnomon_end_size(Py_ssize_t result) {
    __gnomon_returned(NULL, result < 0, gnomon_is_raised(), 0, 0, 0);
    finish();
}

/* Of tp_hash: other negative numbers are hashes. */
void gnomon_end_hash(Py_hash_t result) {
    __gnomon_returned(NULL, result == -1, gnomon_is_raised(), 0, 0, 0);
    finish();
}

/* Of tp_iternext: null without an exception is the end. */
void gnomon_end_next(PyObject* result) {
    if (result) gnomon_steal(result);
    __gnomon_returned(result, !result, gnomon_is_raised() || !result, result && gnomon_gives_too_much(result), 0, 0);
    if (result) gnomon_drop(result);
    finish();
}

/* Makes an instance, as a call of its type does, and lets it go; or there is none. */
PyObject* gnomon_construct(PyObject* type, PyObject* args) {
    PyObject* made = PyObject_Call(type, args, NULL);
    if (made) gnomon_steal(made);
    __gnomon_returned(made, !made, gnomon_is_raised(), made && gnomon_gives_too_much(made), 0, 0);
    if (!made) finish();
    return made;
}
void gnomon_drop_made(PyObject* made) {
    if (made) gnomon_drop(made);
}

/* What a call gives, for what follows, if it is of that type. */
static PyObject* take(PyObject* result, PyTypeObject* type) {
    if (!result || !PyType_IsSubtype(Py_TYPE(result), type)) __gnomon_exit_program();
    return result;
}
PyObject* gnomon_take(PyObject* result, PyTypeObject* type) {
    if (result) gnomon_steal(result);
    look_at(result);
    return take(result, type);
}
/* Of tp_iternext. */
PyObject* gnomon_take_next(PyObject* result, PyTypeObject* type) {
    if (result) gnomon_steal(result);
    __gnomon_returned(result, !result, gnomon_is_raised() || !result, result && gnomon_gives_too_much(result), 0, 0);
    return take(result, type);
}

/* Makes an instance for what follows. */
PyObject* gnomon_new_instance(PyObject* type, PyObject* args) {
    PyObject* made = gnomon_construct(type, args);
    if (!made) __gnomon_exit_program();
    return made;
}

/* As `type.__new__(type, *args)` does, which nothing else need follow. */
PyObject* gnomon_new_alone(PyTypeObject* type, PyObject* args) {
    PyObject* made = type->tp_new ? type->tp_new(type, args, NULL) : gnomon_raise(PyExc_TypeError);
    if (made) gnomon_steal(made);
    __gnomon_returned(made, !made, gnomon_is_raised(), made && gnomon_gives_too_much(made), 0, 0);
    if (!made) __gnomon_exit_program();
    return made;
}

/* A buffer that an object is asked to fill, and gets back. */
Py_buffer* gnomon_view(void) { return __gnomon_allocate_zero(sizeof(Py_buffer)); }
void gnomon_drop_view(Py_buffer* view) {
    PyBuffer_Release(view);
    __gnomon_release(view);
}

/* A view that shows what an object holds; where that is nothing, there is none: nobody would look at it. */
Py_buffer* gnomon_lend(PyObject* object) {
    Py_buffer* view = gnomon_view();
    if (PyObject_GetBuffer(object, view, PyBUF_FULL_RO) < 0 || !view->buf || view->len == 0)
        __gnomon_exit_program();
    gnomon_lent(view->buf);
    return view;
}
void gnomon_drop_lent(Py_buffer* view) {
    gnomon_taken_back(view->buf);
    gnomon_drop_view(view);
}

/* Ends an entry that only loads a module: what that loses, it loses once. */
void gnomon_stay_loaded(void) { __gnomon_exit_program(); }
