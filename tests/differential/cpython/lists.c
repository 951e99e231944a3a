/* Lists: what is borrowed, new and stolen; bounds; slices; order. */
#include "probe.h"

static void print_numbers(int line, PyObject* list) {
    printf("%d: [", line);
    for (Py_ssize_t i = 0; i < PyList_Size(list); ++i) printf("%ld ", PyLong_AsLong(PyList_GetItem(list, i)));
    printf("]\n");
}
#define NUMBERS(list) print_numbers(__LINE__, list)

static PyObject* numbers(int count, int step) {
    PyObject* list = PyList_New(count);
    for (int i = 0; i < count; ++i) PyList_SET_ITEM(list, i, PyLong_FromLong(i * step % 7));
    return list;
}

static void items(void) {
    PyObject* thing = new_thing();
    MARK(thing);
    PyObject* list = PyList_New(2);
    PRINT(PyList_GET_SIZE(list));
    PRINT(PyList_GetItem(list, 0) == NULL);
    ERROR();
    PyList_SET_ITEM(list, 0, Py_NewRef(thing));
    PRINT(PyList_SetItem(list, 1, Py_NewRef(thing)));
    CHANGED(thing);
    PRINT(PyList_SetItem(list, 1, Py_NewRef(thing)));
    CHANGED(thing);
    PRINT(PyList_SetItem(list, 2, Py_NewRef(thing)));
    ERROR();
    CHANGED(thing);
    PRINT(PyList_SetItem(list, -1, Py_NewRef(thing)));
    ERROR();
    PRINT(PyList_SetItem(thing, 0, Py_NewRef(thing)));
    ERROR();
    CHANGED(thing);
    PRINT(PyList_GetItem(list, 1) == thing);
    PRINT(PyList_GetItem(list, 2) == NULL);
    ERROR();
    PRINT(PyList_GetItem(list, -1) == NULL);
    ERROR();
    PRINT(PyList_GetItem(thing, 0) == NULL);
    ERROR();
    PRINT(PyList_SetItem(list, 1, NULL));
    CHANGED(thing);
    PRINT(PyList_GetItem(list, 1) == NULL);
    ERROR();
#if PY_VERSION_HEX >= 0x030D0000
    PyObject* item = PyList_GetItemRef(list, 0);
    CHANGED(thing);
    Py_DECREF(item);
    PRINT(PyList_GetItemRef(list, 5) == NULL);
    ERROR();
    PRINT(PyList_GetItemRef(thing, 0) == NULL);
    ERROR();
    PyObject* other = PyList_New(0);
    PyList_SetItem(list, 1, Py_NewRef(thing));
    PRINT(PyList_Extend(other, list) == 0);
    PRINT(PyList_Extend(thing, list));
    ERROR();
    PRINT(PyList_Extend(other, thing));
    ERROR();
    PRINT(PyList_Clear(other));
    PRINT(PyList_Clear(thing));
    ERROR();
    Py_DECREF(other);
    CHANGED(thing);
#endif
    Py_DECREF(list);
    CHANGED(thing);
    Py_DECREF(thing);
    PRINT(PyList_New(-1) == NULL);
    ERROR();
    PRINT(PyList_New(PY_SSIZE_T_MAX) == NULL);
    ERROR();
}

static void growing(void) {
    PyObject *thing = new_thing(), *list = PyList_New(0);
    MARK(thing);
    for (int i = 0; i < 20; ++i) PyList_Append(list, thing);
    CHANGED(thing);
    PRINT(((PyListObject*)list)->allocated);
    PRINT(PyList_Append(list, NULL));
    ERROR();
    PRINT(PyList_Append(thing, thing));
    ERROR();
    PRINT(PyList_SetSlice(list, 2, 100, NULL));
    PRINT(((PyListObject*)list)->allocated);
    CHANGED(thing);
    PRINT(PyList_SetSlice(list, 0, 2, NULL));
    PRINT(((PyListObject*)list)->allocated);
    PRINT(PyList_Insert(list, 5, thing));
    PyObject* number = PyLong_FromLong(7);
    PRINT(PyList_Insert(list, -1, number));
    PRINT(PyList_Insert(list, -10, number));
    PRINT(PyList_GetItem(list, 0) == number);
    PRINT(PyList_GetItem(list, 1) == number);
    PRINT(PyList_GetItem(list, 2) == thing);
    PRINT(PyList_Insert(list, 0, NULL));
    ERROR();
    PRINT(PyList_Insert(thing, 0, number));
    ERROR();
    Py_DECREF(number);
    Py_DECREF(list);
    CHANGED(thing);
    Py_DECREF(thing);
    PRINT(living);
}

static void slices(void) {
    PyObject *list = numbers(6, 1), *part = PyList_GetSlice(list, 1, 3);
    NUMBERS(part);
    PRINT(PyList_SetSlice(list, 0, 1, part));
    NUMBERS(list);
    PRINT(PyList_SetSlice(list, 4, 2, part));
    NUMBERS(list);
    PRINT(PyList_SetSlice(list, 2, 6, part));
    NUMBERS(list);
    PRINT(PyList_SetSlice(list, -3, 1, list));
    NUMBERS(list);
    PRINT(PyList_SetSlice(list, 0, 0, Py_None));
    ERROR();
    PRINT(PyList_SetSlice(Py_None, 0, 0, list));
    ERROR();
    PRINT(PyList_GetSlice(Py_None, 0, 0) == NULL);
    ERROR();
    Py_DECREF(part);
    part = PyList_GetSlice(list, -5, 100);
    PRINT(part == list);
    PRINT(PyList_Size(part));
    Py_DECREF(part);
    part = PyList_GetSlice(list, 3, 2);
    PRINT(PyList_Size(part));
    Py_DECREF(part);
    Py_DECREF(list);
}

static void order(void) {
    PyObject* list = numbers(7, 3);
    NUMBERS(list);
    PRINT(PyList_Reverse(list));
    NUMBERS(list);
    PRINT(PyList_Sort(list));
    NUMBERS(list);
    PyObject* tuple = PyList_AsTuple(list);
    PRINT(PyTuple_Size(tuple));
    PRINT(PyTuple_GetItem(tuple, 3) == PyList_GetItem(list, 3));
    Py_DECREF(tuple);
    PRINT(PyList_Append(list, Py_None));
    PRINT(PyList_Sort(list));
    ERROR();
    PRINT(PyList_Sort(NULL));
    ERROR();
    PRINT(PyList_Reverse(Py_None));
    ERROR();
    PRINT(PyList_AsTuple(NULL) == NULL);
    ERROR();
    PRINT(PyList_Size(Py_None));
    ERROR();
    Py_DECREF(list);
}

int main(void) {
    start();
    items();
    growing();
    slices();
    order();
    return 0;
}
