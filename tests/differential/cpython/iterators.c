/* Iterators over containers, over sequences of C's own, and over what is none. */
#include "probe.h"

static Py_ssize_t three(PyObject* op) { return 3; }
static PyObject* item(PyObject* op, Py_ssize_t index) {
    if (index == 2) PyErr_SetNone(PyExc_StopIteration);
    if (index == 7) PyErr_SetNone(PyExc_ValueError);
    return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(10 * index);
}
static PySequenceMethods methods = {.sq_length = three, .sq_item = item};
static PyTypeObject sequence_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.sequence",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_sequence = &methods,
};

static int left;
static PyObject* count_down(PyObject* op) {
    if (left == -1) PyErr_SetNone(PyExc_KeyError);
    if (left == 0) PyErr_SetNone(PyExc_StopIteration);
    return left-- > 0 ? PyLong_FromLong(left) : NULL;
}
static PyObject* not_itself(PyObject* op) { return Py_NewRef(Py_None); }
static PyTypeObject iterator_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.iterator",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = count_down,
};
static PyTypeObject liar_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.liar",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = not_itself,
};

static void print_all(int line, PyObject* iterable) {
    PyObject *iterator = PyObject_GetIter(iterable), *one;
    printf("%d:", line);
    while (iterator && (one = PyIter_Next(iterator))) {
        printf(" %ld", PyLong_Check(one) ? PyLong_AsLong(one) : -1);
        Py_DECREF(one);
    }
    printf("\n");
    if (iterator && !PyErr_Occurred()) printf("%d: again %d\n", line, PyIter_Next(iterator) == NULL);
    Py_XDECREF(iterator);
    print_error(line);
}
#define ALL(iterable) print_all(__LINE__, iterable)

int main(void) {
    start();
    PyType_Ready(&sequence_type);
    PyType_Ready(&iterator_type);
    PyType_Ready(&liar_type);
    PyObject *list = PyList_New(0), *thing = new_thing(), *dict = PyDict_New();
    for (int i = 0; i < 4; ++i) {
        PyObject* number = PyLong_FromLong(i);
        PyList_Append(list, number);
        PyDict_SetItem(dict, number, Py_None);
        Py_DECREF(number);
    }
    PyObject* tuple = PyList_AsTuple(list);
    ALL(list);
    ALL(tuple);
    ALL(dict);
    ALL(Py_None);
    ALL(thing);

    PyObject* iterator = PyObject_GetIter(list);
    PRINT(PyIter_Check(iterator));
    PRINT(PyIter_Check(list));
    PRINT(PyObject_LengthHint(iterator, 9));
    PRINT(PyObject_LengthHint(list, 9));
    PRINT(PyObject_LengthHint(thing, 9));
    Py_XDECREF(PyIter_Next(iterator));
    PRINT(PyObject_LengthHint(iterator, 9));
    PyList_SetSlice(list, 1, 4, NULL);
    PRINT(PyIter_Next(iterator) == NULL);
    ERROR();
    PyList_Append(list, thing);
    PRINT(PyIter_Next(iterator) == NULL);
    Py_DECREF(iterator);

    MARK(dict);
    iterator = PyObject_GetIter(dict);
    CHANGED(dict);
    Py_XDECREF(PyIter_Next(iterator));
    PyDict_SetItem(dict, Py_None, thing);
    PRINT(PyIter_Next(iterator) == NULL);
    ERROR();
    PRINT(PyIter_Next(iterator) == NULL);
    ERROR();
    Py_DECREF(iterator);
    CHANGED(dict);

    PyObject *sequence = PyObject_New(PyObject, &sequence_type), *other = PyObject_New(PyObject, &iterator_type);
    PyObject* liar = PyObject_New(PyObject, &liar_type);
    ALL(sequence);
    iterator = PySeqIter_New(sequence);
    PRINT(PyIter_Check(iterator));
    Py_DECREF(iterator);
    PRINT(PySeqIter_New(thing) == NULL);
    ERROR();
    ALL(liar);
    left = 3;
    ALL(other);
    left = -1;
    ALL(other);
    left = 3;
    PyObject* listed = PySequence_List(other);
    PRINT(PyList_Size(listed));
    Py_XDECREF(listed);
    left = -1;
    PRINT(PySequence_List(other) == NULL);
    ERROR();
    left = 2;
    PyObject* fast = PySequence_Fast(other, "no sequence");
    PRINT(PySequence_Fast_GET_SIZE(fast));
    PRINT(PyLong_AsLong(PySequence_Fast_GET_ITEM(fast, 0)));
    PRINT(PyList_Check(fast));
    Py_DECREF(fast);
    left = 4;
    PyObject* number = PyLong_FromLong(1);
    PRINT(PySequence_Contains(other, number));
    PRINT(left);
    left = 4;
    PRINT(PySequence_Index(other, number));
    PRINT(PySequence_Count(sequence, number));
    PRINT(PySequence_Index(sequence, number));
    ERROR();
    return 0;
}
