/* What Python has passed last: it may go at once, and code of Python's that is called may empty it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <limits.h>

#include "cpython.h"

#define MOST_NOTED 32
static struct {
    PyObject* object;
    long id;
} passed[MOST_NOTED];
static int noted, is_noting, may_change;

void gnomon_note_what_is_passed(int is_wanted) { is_noting = is_wanted; }
void gnomon_let_containers_change(int let) { may_change = is_noting = let; }

void gnomon_note_passed(PyObject* object, long id) {
    if (!is_noting || noted == MOST_NOTED) return;
    passed[noted].object = object;
    passed[noted].id = id;
    noted += 1;
}

void gnomon_forget_passed(void) {
    for (; noted > 0; --noted) passed[noted - 1].object = NULL;
}

/* Python has no other references to it. What nobody used, need not become anything. */
static void let_go(PyObject* object) {
    if (!__gnomon_is_later(object)) gnomon_drop(object);
}

void gnomon_let_go(PyObject* object) {
    let_go(object);
    gnomon_forget_passed();
}

static void let_passed_go(int is_kept) {
    for (int i = 0; i < noted && !is_kept; ++i) let_go(passed[i].object);
    gnomon_forget_passed();
}

/* Of the tuple that was made last. */
void gnomon_let_arguments_go(PyObject* tuple) {
    int is_kept = Py_REFCNT(tuple) != 1;
    let_passed_go(is_kept);
    if (is_kept)
        gnomon_drop(tuple);
    else
        gnomon_free(tuple);
}

void gnomon_let_vector_go(PyObject** vector) {
    let_passed_go(0);
    __gnomon_release(vector);
}

static int is_container(PyObject* object) {
    if (__gnomon_is_later(object) || __gnomon_object_size(object) == sizeof(long)) return 0; /* nobody looked at it */
    return PyList_CheckExact(object) || PyDict_CheckExact(object);
}

/* What may refer to the object that it was passed to: of what nobody has asked what it is, there are such ones. */
static int may_refer_back(PyObject* object) {
    if (__gnomon_is_later(object)) return 0; /* nobody keeps it */
    return __gnomon_object_size(object) == sizeof(long) || is_container(object) || Py_IS_TYPE(object, &gnomon_Any_Type);
}

/* A visit says that the reference is held by others than C code. */
static int visit(PyObject* object, void* unused) {
    (void)unused;
    gnomon_steal(object);
    return 0;
}

/* What the collector does: the type's traversal has to visit each reference that the object owns, once. Here it is
   known of what was passed. */
void gnomon_traverse(PyObject* self) {
    PyTypeObject* type = Py_TYPE(self);
    if (!(type->tp_flags & Py_TPFLAGS_HAVE_GC) || !type->tp_traverse) __gnomon_exit_program();
    int owned[MOST_NOTED], visits = 0;
    for (int i = 0; i < noted; ++i) owned[i] = may_refer_back(passed[i].object) ? gnomon_owned(passed[i].object) : -1;
    type->tp_traverse(self, visit, NULL);
    for (int i = 0; i < noted; ++i) {
        if (owned[i] < 0) continue;
        int visited = owned[i] - gnomon_owned(passed[i].object);
        int kept = (int)__gnomon_references(self, passed[i].object);
        if (visited >= (int)Py_REFCNT(passed[i].object)) visits = VISITS_MORE; /* Python has one of them */
        if (visited < owned[i] && visited < kept) visits = VISITS_LESS;
    }
    __gnomon_returned(NULL, 0, 0, 0, 0, visits);
    __gnomon_exit_program(); /* the counts are those of a collection */
}

void gnomon_change_container(PyObject* called) {
    struct gnomon_instance* self = (struct gnomon_instance*)called;
    long id = CHILD(self->id, self->calls); /* of the call that comes */
    if (!may_change) return;
    for (int i = 0; i < noted; ++i) {
        PyObject* object = passed[i].object;
        if (!is_container(object)) continue;
        if (__gnomon_choose_long_as(id, "empties", 0, LONG_MAX) != passed[i].id) continue;
        may_change = 0;
        gnomon_let_allocation_fail(0);
        if (PyList_CheckExact(object))
            gnomon_empty_list(object);
        else
            gnomon_empty_dict(object);
        return;
    }
}
