/* The module lets go of what an earlier load may have left before it fills its state; a lookup complains. */
//~ run: exception_state_cleared_on_load_fixed.find('a')
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static struct {
    PyObject *known;
    PyObject *fallback;
} state;

static const char *const format = "O"
                                  ":find";

static PyObject *find(PyObject *module, PyObject *args) {
    PyObject *key;
    if (!PyArg_ParseTuple(args, format, &key)) return NULL;
    PyObject *found = PyDict_GetItemWithError(state.known, key);
    if (!found) {
        if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, key);
        return NULL;
    }
    Py_INCREF(found);
    return found;
}

static PyMethodDef methods[] = {
    {"find", find, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int execute(PyObject *module) {
    Py_CLEAR(state.known);
    Py_CLEAR(state.fallback);
    state.known = PyDict_New();
    if (!state.known) return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "exception_state_cleared_on_load_fixed", .m_methods = methods, .m_slots = slots,
};
PyMODINIT_FUNC PyInit_exception_state_cleared_on_load_fixed(void) { return PyModuleDef_Init(&definition); }
