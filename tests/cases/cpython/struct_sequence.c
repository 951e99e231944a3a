//~ run: struct_sequence.box(1.5, [])
//~ run: struct_sequence.box(1.5, 2)
/* A tuple with names, the last of which is no item. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyStructSequence_Field fields[] = {{"left", NULL}, {"right", NULL}, {"area", NULL}, {NULL, NULL}};
static PyStructSequence_Desc description = {.name = "struct_sequence.Box", .fields = fields, .n_in_sequence = 2};
static PyTypeObject *box_type;

static PyObject *box(PyObject *module, PyObject *args)
{
    double left, right;
    PyObject *limit;
    if (!PyArg_ParseTuple(args, "dO", &left, &limit))
        return NULL;
    PyObject *made = PyStructSequence_New(box_type);  //~ error[owner.leak]
    if (made == NULL)
        return NULL;
    right = PyFloat_AsDouble(limit);
    if (PyErr_Occurred())
        return NULL;
    PyStructSequence_SET_ITEM(made, 0, PyFloat_FromDouble(left));
    PyStructSequence_SET_ITEM(made, 1, PyFloat_FromDouble(right));
    PyStructSequence_SetItem(made, 2, PyFloat_FromDouble(left * right));
    if (PyErr_Occurred()) {
        Py_DECREF(made);
        return NULL;
    }
    return made;
}

static PyMethodDef methods[] = {{"box", box, METH_VARARGS, ""}, {NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "struct_sequence", .m_size = -1, .m_methods = methods};

PyMODINIT_FUNC PyInit_struct_sequence(void)
{
    box_type = PyStructSequence_NewType(&description);
    return box_type == NULL ? NULL : PyModule_Create(&definition);
}
