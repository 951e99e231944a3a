/* The interpreter's lock, states of threads, and how deep calls may nest. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

/* Rules watch the calls of these by C code: shadows/gil.py. */
static long thread_state;

PyThreadState* PyEval_SaveThread(void) { return (PyThreadState*)&thread_state; }
void PyEval_RestoreThread(PyThreadState* state) { (void)state; }
PyGILState_STATE PyGILState_Ensure(void) { return PyGILState_LOCKED; }
void PyGILState_Release(PyGILState_STATE state) { (void)state; }
int PyGILState_Check(void) { return 1; }

int Py_EnterRecursiveCall(const char* where) {
    (void)where;
    return 0;
}
int gnomon_inline_Py_EnterRecursiveCall(const char* where) {
    (void)where;
    return 0;
}
void gnomon_inline_Py_LeaveRecursiveCall(void) {}
int Py_ReprEnter(PyObject* object) {
    (void)object;
    return 0;
}
void Py_ReprLeave(PyObject* object) { (void)object; }

/* Locks: there is one thread. */
static long lock;

PyThread_type_lock PyThread_allocate_lock(void) { return gnomon_allocation_fails() ? NULL : (PyThread_type_lock)&lock; }
void PyThread_free_lock(PyThread_type_lock one) { (void)one; }
int PyThread_acquire_lock(PyThread_type_lock one, int waits) {
    (void)one, (void)waits;
    return 1;
}
void PyThread_release_lock(PyThread_type_lock one) { (void)one; }
unsigned long PyThread_get_thread_ident(void) { return 1; }

/* How deep objects let each other go: never too deep. */
PyThreadState* PyThreadState_Get(void) { return (PyThreadState*)&thread_state; }
#if PY_VERSION_HEX < 0x030D0000
int _PyTrash_begin(PyThreadState* state, PyObject* object) {
    (void)state, (void)object;
    return 0;
}
void _PyTrash_end(PyThreadState* state) { (void)state; }
int _PyTrash_cond(PyObject* object, destructor let_go) {
    (void)object, (void)let_go;
    return 0;
}
#endif
