/* The slot takes the left operand for a point, as the right one is. */
//~ run: made = type_left_operand.Point(1, 2); made - made
//~ run: made = type_left_operand.Point(1, 2); object() - made
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

static PyObject *point_subtract(PyObject *left, PyObject *right) {
    if (!Py_IS_TYPE(right, &point_type)) Py_RETURN_NOTIMPLEMENTED;
    Point *a = (Point *)left, *b = (Point *)right;
    long left_x = a->x;  //~ error[type.mismatch]
    long x = left_x & 0xFFFF, other = b->x & 0xFFFF;
    return PyLong_FromLong(x - other);
}

static PyNumberMethods as_number = {.nb_subtract = point_subtract};

static PyTypeObject point_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "type_left_operand.Point",
    .tp_basicsize = sizeof(Point),
    .tp_as_number = &as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = point_new,
};


static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "type_left_operand", .m_size = -1};
PyMODINIT_FUNC PyInit_type_left_operand(void) {
    if (PyType_Ready(&point_type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (!made) return NULL;
    if (PyModule_AddObjectRef(made, "Point", (PyObject *)&point_type) < 0) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}
