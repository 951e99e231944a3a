/* Any object that Python may pass: what it is, is chosen at its first use. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

enum { OWN, NONE, TRUE };
enum { INT, STR, INSTANCE, LIST, BYTES, TUPLE, FLOAT, DICT, HUGE, BYTEARRAY, KINDS };
#define DEEPEST_ID 0xFFFFF /* what is nested deeper is an int */

static void* become_instance(void* block, long id) {
    __gnomon_resize(block, sizeof(struct gnomon_instance));
    ((PyObject*)block)->ob_type = &gnomon_Any_Type;
    ((struct gnomon_instance*)block)->id = id;
    __gnomon_typed((struct gnomon_instance*)block);
    return block;
}

/* As it goes, all that is asked of it is whether it has a `__del__`. */
static int is_going;
void gnomon_become_as_it_goes(PyObject* object) {
    is_going = 1;
    (void)Py_TYPE(object);
    is_going = 0;
}

/* The count is there already. */
static void* become_kind(void* block, long id) {
    long count = *(long*)block;
    int kind = id > DEEPEST_ID ? INT : __gnomon_choose_int_as(id, "kind", 0, KINDS - 1);
    void* object;
    if (is_going && kind != INSTANCE) kind = INT;
    switch (kind) {
        case INT:
            object = gnomon_become_int(block, id);
            break;
        case STR:
            object = gnomon_become_str(block, id);
            break;
        case INSTANCE:
            object = become_instance(block, id);
            break;
        case LIST:
            object = gnomon_become_list(block, id);
            break;
        case BYTES:
            object = gnomon_become_bytes(block, id);
            break;
        case TUPLE:
            object = gnomon_become_tuple(block, id);
            break;
        case FLOAT:
            object = gnomon_become_float(block, id);
            break;
        case DICT:
            object = gnomon_become_dict(block, id);
            break;
        case HUGE:
            object = gnomon_become_huge(block, id);
            break;
        default:
            object = gnomon_become_bytearray(block, id);
    }
    *(long*)object = count;
    return object;
}

/* What begins with a count; the rest when somebody looks at it. */
static void* become_counted(void* block, long id, long count) {
    __gnomon_resize(block, sizeof(long));
    *(long*)block = count;
    __gnomon_counted(block);
    return __gnomon_later_on(block, become_kind, id);
}

static PyObject* shared(long id) {
    switch (__gnomon_choose_int_as(id, "shared", OWN, TRUE)) {
        case NONE:
            return Py_None;
        case TRUE:
            return Py_True;
        default:
            return NULL;
    }
}

static void* become_held(void* block, long id) {
    PyObject* one = shared(id);
    if (!one) return become_counted(block, id, HELD_ONE + 1);
    gnomon_hold(one);
    return one;
}

static void* become_owned(void* block, long id) {
    PyObject* one = shared(id);
    if (!one) return become_counted(block, id, 1);
    Py_INCREF(one);
    return one;
}

PyObject* gnomon_any(long id) { return __gnomon_later(become_held, id); }
PyObject* gnomon_any_new(long id) {
    PyObject* object = __gnomon_later(become_owned, id);
    __gnomon_counted(object); /* whoever never looks at it owns it all the same */
    return object;
}
