/* PyNumber_Index, _Long, _Float: an object as a number of one kind. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

static PyObject* null_argument(void) { return gnomon_is_raised() ? NULL : gnomon_raise(PyExc_SystemError); }

/* What a method gave, which must be an int (a float); of a type that derives from it, the plain number. */
static PyObject* plain_int(PyObject* result) {
    if (!result || PyLong_CheckExact(result)) return result;
    PyObject* plain = PyLong_Check(result) ? PyNumber_Positive(result) : gnomon_raise(PyExc_TypeError);
    Py_DECREF(result);
    return plain;
}

static PyObject* plain_float(PyObject* result) {
    if (!result || PyFloat_CheckExact(result)) return result;
    PyObject* plain =
        PyFloat_Check(result) ? PyFloat_FromDouble(PyFloat_AS_DOUBLE(result)) : gnomon_raise(PyExc_TypeError);
    Py_DECREF(result);
    return plain;
}

PyObject* PyNumber_Index(PyObject* object) {
    if (!object) return null_argument();
    if (PyLong_Check(object)) return plain_int(Py_NewRef(object));
    if (!PyIndex_Check(object)) return gnomon_raise(PyExc_TypeError);
    return plain_int(Py_TYPE(object)->tp_as_number->nb_index(object));
}

Py_ssize_t PyNumber_AsSsize_t(PyObject* object, PyObject* error) {
    PyObject* number = PyNumber_Index(object);
    long value;
    if (!number) return -1;
    if (!gnomon_int_value(number, &value)) {
        int is_below = _PyLong_Sign(number) < 0;
        value = error ? gnomon_fail(error) : is_below ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
    }
    Py_DECREF(number);
    return value;
}

PyObject* PyNumber_Long(PyObject* object) {
    if (!object) return null_argument();
    if (PyLong_CheckExact(object)) return Py_NewRef(object);
    PyNumberMethods* methods = Py_TYPE(object)->tp_as_number;
    if (methods && methods->nb_int) return plain_int(methods->nb_int(object));
    if (methods && methods->nb_index) return PyNumber_Index(object);
    if (PyUnicode_Check(object)) return PyLong_FromUnicodeObject(object, 10);
    if (PyBytes_Check(object)) return gnomon_int_of_text(PyBytes_AS_STRING(object), PyBytes_GET_SIZE(object), 10);
    if (PyByteArray_Check(object))
        return gnomon_int_of_text(PyByteArray_AS_STRING(object), PyByteArray_GET_SIZE(object), 10);
    if (PyObject_CheckBuffer(object)) __gnomon_not_modelled("a buffer as a number");
    return gnomon_raise(PyExc_TypeError);
}

PyObject* PyNumber_Float(PyObject* object) {
    if (!object) return null_argument();
    if (PyFloat_CheckExact(object)) return Py_NewRef(object);
    PyNumberMethods* methods = Py_TYPE(object)->tp_as_number;
    if (methods && methods->nb_float) return plain_float(methods->nb_float(object));
    if (methods && methods->nb_index) {
        double value = PyFloat_AsDouble(object);
        return value == -1.0 && PyErr_Occurred() ? NULL : PyFloat_FromDouble(value);
    }
    return PyFloat_FromString(object);
}

PyObject* PyNumber_ToBase(PyObject* object, int base) {
    if (base != 2 && base != 8 && base != 10 && base != 16) return gnomon_raise(PyExc_SystemError);
    PyObject* number = PyNumber_Index(object);
    if (!number) return NULL;
    Py_DECREF(number);
    return gnomon_some_str();
}
