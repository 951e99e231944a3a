/* Python's objects as the models of its C API see them: what all of them share.
 *
 * Objects have the layout that the interpreter gives them, so that macros and inline functions of Python.h find what
 * they look for; where nobody looks, the models keep what they need. An object is a block that begins with its count.
 *
 * The lower half of ob_refcnt is the count that C code sees. The upper half says how many of these references are held
 * by others than the running C code: by Python's variables, by containers, by the interpreter. C code owns the rest.
 */
#pragma once
#include <Python.h>

#include "allocation_failures.h"
#include "gnomon.h"

#define HELD_ONE (1L << 32)
#define IS_IMMORTAL(object) ((int)*(long*)(object) < 0)
#define NEVER_COUNTED 0xFFFFFFFFL
#if PY_VERSION_HEX >= 0x030C0000
#define STATIC_HEAD(type) {{NEVER_COUNTED}, type} /* of objects that are never freed */
#else
#define STATIC_HEAD(type) {1000 * HELD_ONE + 1000, type}
#endif
#define STATIC_VAR_HEAD(type) {STATIC_HEAD(type), 0}

/* Rules watch calls of these: shadows/owner.py, shadows/exception.py. */
void gnomon_over_decref(const void* object);
void gnomon_called_with_exception(void);
void gnomon_lent(const void* bytes); /* to a view */
void gnomon_taken_back(const void* bytes);

/* A reference of the library's own: taken, given up, taken over from the caller, handed over to the caller. */
void gnomon_hold(PyObject* object);
void gnomon_drop(PyObject* object); /* not of null */
void gnomon_over(void);             /* no code of C's runs any more, but for what lets objects go */
void gnomon_steal(PyObject* object);
PyObject* gnomon_give(PyObject* object);
#define gnomon_drop_if(object) ((object) ? gnomon_drop((PyObject*)(object)) : (void)0)

int gnomon_let_be(PyObject* object); /* gives up a reference of its own without freeing the object; are there others? */
int gnomon_owned(PyObject* object); /* references that C code owns */
int gnomon_gives_too_much(PyObject* object); /* more than C code owns: of what comes back from the extension */

/* A new object of `size` zeroed bytes, whose one reference is the caller's; null where allocations fail. */
void* gnomon_new(PyTypeObject* type, size_t size);
/* Makes an object of a block that has its size: its one reference is the caller's. */
void* gnomon_become(void* block, PyTypeObject* type);
void gnomon_memory_goes(void* block); /* which C code gives back; it may be an instance, whose deallocator runs */
void gnomon_watch(void* block);
int gnomon_has_gone(void); /* what is watched */
void gnomon_free(void* object); /* the end of what a type of the library does to let an object go */
/* A block that belongs to an object of the library. */
void* gnomon_block(size_t size);
int gnomon_allocation_fails(void); /* does this one? */

/* What is passed, of which code of Python's may empty a list or a dict, once. */
void gnomon_note_passed(PyObject* object, long id);
void gnomon_forget_passed(void); /* else what is noted is referred to */
void gnomon_let_containers_change(int let);
void gnomon_change_container(PyObject* called); /* a gnomon_Any_Type, which is about to be called */
void gnomon_empty_list(PyObject* list);
void gnomon_empty_dict(PyObject* dict);

enum { VISITS_LESS = 1, VISITS_MORE, STILL_TRACKED, STILL_REFERRED }; /* what is wrong with slots: shadows/slot.py */

/* Slots of the interpreter's own types. */
int gnomon_visit_nothing(PyObject* op, visitproc visit, void* arg);
int gnomon_clear_nothing(PyObject* op);

/* The indicator. */
PyObject* gnomon_raise(PyObject* type); /* null */
int gnomon_fail(PyObject* type);        /* -1 */
PyObject* gnomon_bad_call(void);        /* SystemError, as PyErr_BadInternalCall; null */
int gnomon_is_raised(void);
void gnomon_clear(void);

/* Any object of Python's, which becomes one at its first use. A root has an id from 0x100 to 0x3FF, its items five bits
   more; of a dict, keys have even numbers, their values odd ones. Held by whoever asks, or the caller's. */
PyObject* gnomon_any(long id);
void gnomon_become_as_it_goes(PyObject* object); /* of what nobody knows yet: it only matters for its `__del__` */
PyObject* gnomon_any_new(long id);
#define CHILD(id, index) ((id) * 32 + (index))
/* Each of these makes an object of a block that is too small yet, by choices under its id. */
void* gnomon_become_int(void* block, long id);
void* gnomon_become_huge(void* block, long id);
void* gnomon_become_float(void* block, long id);
void* gnomon_become_str(void* block, long id);
void* gnomon_become_bytes(void* block, long id);
void* gnomon_become_bytearray(void* block, long id);
void* gnomon_become_list(void* block, long id);
void* gnomon_become_tuple(void* block, long id);
void* gnomon_become_dict(void* block, long id);

#define LONGEST_ANY_TEXT 64 /* bytes */
#define LONGEST_ANY_KEY 16
#define MOST_ANY_ITEMS 3

/* Numbers: nobody looks at digits. True and False have their own place: see gnomon_int_value. */
struct gnomon_int {
    PyVarObject head; /* its ob_size is nobody's business */
    long value;
    int range;
};
enum { /* the range of an int */
       IN_LONG,
       IN_UNSIGNED_LONG, /* only there: `value` holds its bits */
       BEYOND,           /* `value` has its sign, and that is what is known */
       BEYOND_DOUBLE     /* too large for a double, too; its lower 64 bits are zero */
};
int gnomon_int_value(PyObject* object, long* value); /* of an int; 0: it does not fit */
PyObject* gnomon_new_int(long value, int range);
int gnomon_int_range(PyObject* object);                                    /* of an int */
PyObject* gnomon_int_of_text(const char* text, Py_ssize_t size, int base); /* ends with a NUL that is not counted */

/* A new str or bytes of contents that nobody may depend on. */
PyObject* gnomon_some_str(void);
PyObject* gnomon_some_bytes(void);
/* Letters of one str into another that has room for them, and for letters of their size. */
void gnomon_copy_text(PyObject* to, Py_ssize_t at, PyObject* from, Py_ssize_t start, Py_ssize_t count);

/* A dictionary in the order of its insertions; as large as the interpreter's. Deleted entries leave holes. */
struct gnomon_entry {
    PyObject *key, *value;
};
struct gnomon_dict {
    PyObject head;
    Py_ssize_t used; /* ma_used */
    struct gnomon_entry* entries;
    Py_ssize_t end, room; /* of the entries, holes included */
};

/* An instance of a class made for the purpose: its methods do what the world chooses. */
struct gnomon_instance {
    PyObject head;
    long id;
    int calls; /* of its methods so far */
};
extern PyTypeObject gnomon_Any_Type;
int gnomon_may_call_back(void);
PyObject* gnomon_call_python(PyObject* instance); /* any object, the caller's; or null with an exception set */

/* A method of an object of the interpreter's own that only makes something of it. */
PyObject* gnomon_method(PyObject* object, const char* name);

/* An object of which nothing is known but that it is there: what other modules hold. */
PyObject* gnomon_foreign(void);
int gnomon_is_foreign(PyObject* object);
int gnomon_is_foreign_class(PyObject* object);
PyObject* gnomon_foreign_attribute(const char* name); /* null: some name */
PyObject* gnomon_foreign_call(PyObject* args);

PyObject* gnomon_module_value(PyObject* module, const char* name); /* null: there is none */
