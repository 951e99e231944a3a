/* The protocols of sequences and mappings, on the library's types and on what has none of it. */
#include "probe.h"

static PyObject* numbers(int count) {
    PyObject* list = PyList_New(count);
    for (int i = 0; i < count; ++i) PyList_SET_ITEM(list, i, PyLong_FromLong(i + 1000));
    return list;
}

static void print_sequence(int line, PyObject* op) {
    if (!op) {
        print_error(line);
        return;
    }
    printf("%d: %s", line, Py_TYPE(op)->tp_name);
    for (Py_ssize_t i = 0; i < PySequence_Size(op); ++i) {
        PyObject* item = PySequence_GetItem(op, i);
        printf(" %ld", PyLong_Check(item) ? PyLong_AsLong(item) : -1);
        Py_DECREF(item);
    }
    printf("\n");
    Py_DECREF(op);
}
#define SEQUENCE(expression) print_sequence(__LINE__, expression)

static void on_sequence(PyObject* op, PyObject* thing) {
    PRINT(PySequence_Check(op));
    PRINT(PyMapping_Check(op));
    PRINT(PySequence_Size(op));
    PRINT(PySequence_Length(op));
    ERROR();
    PRINT(PyObject_Size(op));
    ERROR();
    PRINT(PyMapping_Size(op));
    ERROR();
    PyObject* last = PySequence_GetItem(op, -1);
    PRINT(last != NULL);
    ERROR();
    Py_XDECREF(last);
    PRINT(PySequence_GetItem(op, 9) == NULL);
    ERROR();
    PRINT(PySequence_GetItem(op, -9) == NULL);
    ERROR();
    MARK(thing);
    PRINT(PySequence_SetItem(op, 1, thing));
    ERROR();
    CHANGED(thing);
    PRINT(PySequence_SetItem(op, -1, thing));
    ERROR();
    PRINT(PySequence_SetItem(op, 9, thing));
    ERROR();
    CHANGED(thing);
    PRINT(PySequence_DelItem(op, -1));
    ERROR();
    CHANGED(thing);
    PRINT(PySequence_Contains(op, thing));
    ERROR();
    PRINT(PySequence_Contains(op, Py_None));
    ERROR();
    PRINT(PySequence_Count(op, thing));
    ERROR();
    PRINT(PySequence_Index(op, Py_None));
    ERROR();
    SEQUENCE(PySequence_GetSlice(op, 1, -1));
    SEQUENCE(PySequence_GetSlice(op, -2, 100));
    SEQUENCE(PySequence_Concat(op, op));
    SEQUENCE(PySequence_Concat(op, Py_None));
    SEQUENCE(PySequence_Repeat(op, 2));
    SEQUENCE(PySequence_Repeat(op, -1));
    SEQUENCE(PySequence_InPlaceConcat(op, op));
    SEQUENCE(PySequence_InPlaceRepeat(op, 2));
    SEQUENCE(PySequence_List(op));
    SEQUENCE(PySequence_Tuple(op));
    SEQUENCE(PySequence_Fast(op, "what?"));
    PyObject *index = PyLong_FromLong(-1), *far = PyLong_FromLong(1000);
    PyObject* found = PyObject_GetItem(op, index);
    PRINT(found != NULL);
    ERROR();
    Py_XDECREF(found);
    PRINT(PyObject_GetItem(op, far) == NULL);
    ERROR();
    PRINT(PyObject_GetItem(op, Py_None) == NULL);
    ERROR();
    PRINT(PyObject_SetItem(op, index, thing));
    ERROR();
    PRINT(PyObject_SetItem(op, far, thing));
    ERROR();
    PRINT(PyObject_DelItem(op, index));
    ERROR();
    PRINT(PyObject_DelItem(op, Py_None));
    ERROR();
    Py_DECREF(index);
    Py_DECREF(far);
}

static void slices(void) {
    PyObject *list = numbers(6), *minus = PyLong_FromLong(-2), *four = PyLong_FromLong(4);
    PyObject* slice = PySlice_New(four, NULL, minus);
    Py_ssize_t start, stop, step, count;
    PRINT(PySlice_Unpack(slice, &start, &stop, &step));
    PRINT(start);
    PRINT(step);
    PRINT(PySlice_AdjustIndices(6, &start, &stop, step));
    PRINT(stop);
    PRINT(PySlice_GetIndicesEx(slice, 3, &start, &stop, &step, &count));
    PRINT(count);
    SEQUENCE(PyObject_GetItem(list, slice));
    PyObject* tuple = PyList_AsTuple(list);
    SEQUENCE(PyObject_GetItem(tuple, slice));
    Py_DECREF(slice);
    slice = PySlice_New(minus, NULL, NULL);
    SEQUENCE(PyObject_GetItem(list, slice));
    PRINT(PyObject_SetItem(list, slice, tuple));
    PRINT(PyObject_SetItem(list, slice, Py_None));
    ERROR();
    PRINT(PyObject_DelItem(list, slice));
    SEQUENCE(Py_NewRef(list));
    Py_DECREF(slice);
    slice = PySlice_New(NULL, list, NULL);
    PRINT(PyObject_GetItem(list, slice) == NULL);
    ERROR();
    Py_DECREF(slice);
    PyObject* zero = PyLong_FromLong(0);
    slice = PySlice_New(NULL, NULL, zero);
    PRINT(PyObject_GetItem(list, slice) == NULL);
    ERROR();
    PRINT(PySequence_SetSlice(list, 1, 3, tuple));
    PRINT(PySequence_DelSlice(list, -2, 100));
    SEQUENCE(Py_NewRef(list));
    PRINT(PySequence_SetSlice(tuple, 1, 3, list));
    ERROR();
}

static void nothing(void) {
    PRINT(PySequence_Size(NULL));
    ERROR();
    PRINT(PyObject_Size(NULL));
    ERROR();
    PRINT(PySequence_GetItem(NULL, 0) == NULL);
    ERROR();
    PRINT(PySequence_SetItem(NULL, 0, Py_None));
    ERROR();
    PRINT(PySequence_Concat(Py_None, NULL) == NULL);
    ERROR();
    PRINT(PySequence_List(NULL) == NULL);
    ERROR();
    PRINT(PySequence_Tuple(NULL) == NULL);
    ERROR();
    PRINT(PySequence_Fast(NULL, "") == NULL);
    ERROR();
    PRINT(PyObject_GetItem(Py_None, NULL) == NULL);
    ERROR();
    PRINT(PyObject_SetItem(Py_None, Py_None, NULL));
    ERROR();
    PRINT(PyMapping_Check(NULL));
    PyErr_SetNone(PyExc_ValueError);
    PRINT(PySequence_Size(NULL));
    ERROR();
}

static void comparisons(void) {
    PyObject *left = numbers(3), *right = numbers(3), *longer = numbers(4), *tuple = PyList_AsTuple(left);
    PRINT(PyObject_RichCompareBool(left, right, Py_EQ));
    PRINT(PyObject_RichCompareBool(left, longer, Py_EQ));
    PRINT(PyObject_RichCompareBool(left, longer, Py_LT));
    PRINT(PyObject_RichCompareBool(left, right, Py_LT));
    PRINT(PyObject_RichCompareBool(left, right, Py_GE));
    PRINT(PyObject_RichCompareBool(left, tuple, Py_EQ));
    PRINT(PyObject_RichCompareBool(left, tuple, Py_LT));
    ERROR();
    PyList_SetItem(right, 1, PyLong_FromLong(5));
    PRINT(PyObject_RichCompareBool(left, right, Py_NE));
    PRINT(PyObject_RichCompareBool(left, right, Py_GT));
    PyList_SetItem(right, 0, Py_NewRef(Py_None));
    PRINT(PyObject_RichCompareBool(left, right, Py_EQ));
    PRINT(PyObject_RichCompareBool(left, right, Py_GT));
    ERROR();
    PRINT(PyObject_Hash(left));
    ERROR();
    PRINT(PyObject_IsTrue(left));
    PRINT(PyObject_IsTrue(tuple));
}

int main(void) {
    start();
    PyObject *thing = new_thing(), *list = numbers(4);
    PyObject *tuple = PyList_AsTuple(list), *dict = PyDict_New();
    on_sequence(list, thing);
    on_sequence(tuple, thing);
    on_sequence(dict, thing);
    on_sequence(thing, thing);
    slices();
    nothing();
    comparisons();
    return 0;
}
