/* A point is compared with points only. */
//~ run: made = type_compared_fixed.Point(1, 2); made == made
//~ run: made = type_compared_fixed.Point(1, 2); made == object()
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long x, y;
} Point;

static PyTypeObject point_type;

static PyObject *point_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    long x, y;
    if (!PyArg_ParseTuple(args, "ll:Point", &x, &y)) return NULL;
    Point *self = (Point *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->x = x;
    self->y = y;
    return (PyObject *)self;
}

static PyObject *point_compare(PyObject *self, PyObject *other, int operation) {
    if (operation != Py_EQ) Py_RETURN_NOTIMPLEMENTED;
    if (!PyObject_TypeCheck(other, &point_type)) Py_RETURN_NOTIMPLEMENTED;
    Point *a = (Point *)self, *b = (Point *)other;
    long x = b->x;
    return PyBool_FromLong(a->x == x);
}

static PyTypeObject point_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "type_compared_fixed.Point",
    .tp_basicsize = sizeof(Point),
    .tp_richcompare = point_compare,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = point_new,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "type_compared_fixed", .m_size = -1};
PyMODINIT_FUNC PyInit_type_compared_fixed(void) {
    if (PyType_Ready(&point_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Point", (PyObject *)&point_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
