/* Tuples: how they are made, filled and looked at. */
#include "probe.h"

int main(void) {
    start();
    PyObject* thing = new_thing();
    MARK(thing);
    PyObject* tuple = PyTuple_New(2);
    PRINT(PyTuple_Size(tuple));
    Py_INCREF(thing);
    PRINT(PyTuple_SetItem(tuple, 0, thing));
    PyTuple_SET_ITEM(tuple, 1, Py_NewRef(thing));
    CHANGED(thing);
    PRINT(PyTuple_GetItem(tuple, 1) == thing);
    CHANGED(thing);
    PRINT(PyTuple_GetItem(tuple, 2) == NULL);
    ERROR();
    PRINT(PyTuple_GetItem(tuple, -1) == NULL);
    ERROR();
    PRINT(PyTuple_GetItem(thing, 0) == NULL);
    ERROR();
    PRINT(PyTuple_Size(thing));
    ERROR();
    PRINT(PyTuple_New(-1) == NULL);
    ERROR();

    Py_INCREF(thing);
    PRINT(PyTuple_SetItem(tuple, 2, thing)); /* takes it although it fails */
    ERROR();
    CHANGED(thing);
    Py_INCREF(tuple);
    Py_INCREF(thing);
    PRINT(PyTuple_SetItem(tuple, 0, thing)); /* others see the tuple */
    ERROR();
    CHANGED(thing);
    Py_DECREF(tuple);
    Py_INCREF(thing);
    PRINT(PyTuple_SetItem(thing, 0, thing));
    ERROR();
    CHANGED(thing);

    PyObject* single = PyTuple_New(1); /* an exception that was there before is none of its business */
    PyErr_SetNone(PyExc_KeyError);
    Py_INCREF(thing);
    PRINT(PyTuple_SetItem(single, 0, thing));
    ERROR();
    PRINT(PyTuple_GetItem(single, 0) == thing);
    Py_DECREF(single);
    CHANGED(thing);

    PyObject* slice = PyTuple_GetSlice(tuple, -5, 1);
    PRINT(PyTuple_Size(slice));
    CHANGED(thing);
    Py_DECREF(slice);
    slice = PyTuple_GetSlice(tuple, 1, 0);
    PRINT(PyTuple_Size(slice));
    Py_DECREF(slice);
    slice = PyTuple_GetSlice(tuple, 0, 100);
    PRINT(slice == tuple);
    Py_DECREF(slice);
    PRINT(PyTuple_GetSlice(thing, 0, 1) == NULL);
    ERROR();
    CHANGED(thing);

    PyObject* packed = PyTuple_Pack(3, thing, Py_None, thing);
    PRINT(PyTuple_GET_SIZE(packed));
    PRINT(PyTuple_GET_ITEM(packed, 1) == Py_None);
    CHANGED(thing);
    PRINT(_PyTuple_Resize(&packed, 1));
    PRINT(PyTuple_GET_SIZE(packed));
    CHANGED(thing);
    PRINT(_PyTuple_Resize(&packed, 3));
    PRINT(PyTuple_GET_ITEM(packed, 2) == NULL);
    PRINT(PyTuple_GET_ITEM(packed, 0) == thing);
    Py_DECREF(packed);
    CHANGED(thing);
    packed = PyTuple_Pack(1, thing);
    PyObject* other = packed;
    Py_INCREF(packed);
    PRINT(_PyTuple_Resize(&packed, 2));
    PRINT(packed == NULL);
    ERROR();
    Py_DECREF(other);

    Py_DECREF(tuple);
    CHANGED(thing);
    PRINT(PyTuple_Check(thing));
    Py_DECREF(thing);
    PRINT(living);
    PyObject* empty = PyTuple_New(0);
    PyObject* again = PyTuple_New(0);
    PRINT(empty == again);
    return 0;
}
