#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

static PyObject *give(void *from) { return from; }
static PyObject *give_badly(void *from, int more) { return more ? from : NULL; }

PyObject *wrong(PyObject *self, PyObject *object, char *text, int number, long wide, double real, wchar_t *letters) {
    Py_complex both = {0, 0};
    Py_BuildValue("n", number);  //~ error[contract.format]: `n` of `Py_BuildValue` takes `Py_ssize_t`, and `number` is `int`: 8 bytes are read, and it has 4
    Py_BuildValue("n", 0);  //~ error[contract.format]: 8 bytes are read, and it has 4
    Py_BuildValue("i", wide);  //~ error[contract.format]: only 4 of its 8 bytes are read
    Py_BuildValue("i", real);  //~ error[contract.format]: takes `int`, and `real` is `double`
    Py_BuildValue("d", number);  //~ error[contract.format]: takes `double`, and `number` is `int`
    Py_BuildValue("s", object);  //~ error[contract.format]: `object` is `PyObject *`
    Py_BuildValue("s", letters);  //~ error[contract.format]: takes `const char *`
    Py_BuildValue("O", text);  //~ error[contract.format]: takes `PyObject *`, and `text` is `char *`
    Py_BuildValue("(OO)", object, &object);  //~ error[contract.format]: `&object` is `PyObject **`
    Py_BuildValue("s#", text, number);  //~ error[contract.format]: takes `Py_ssize_t`, and `number` is `int`
    Py_BuildValue("D", both);  //~ error[contract.format]: takes `Py_complex *`
    Py_BuildValue("O&", give_badly, text);  //~ error[contract.format]: it takes 1, and this one 2
    Py_BuildValue("{s:i,s:i}", "a", number, "b");  //~ error[contract.format]: takes 4 arguments, and 3 follow
    Py_BuildValue("{s:i,s}", "a", number, "b");  //~ error[contract.format]: a dictionary with a key and no value
    Py_BuildValue("(i]", number);  //~ error[contract.format]: a `]` that closes nothing
    Py_BuildValue("[i", number);  //~ error[contract.format]: lacks a `]`
    Py_BuildValue("O!", object);  //~ error[contract.format]: has `!`, which is no unit
    PyObject_CallFunction(object, "ii", number);  //~ error[contract.format]: format of `PyObject_CallFunction` takes 2 arguments, and 1 follow it
    return PyObject_CallMethod(self, "push", "O", object, object);  //~ error[contract.format]: takes 1 argument, and 2 follow
}

PyObject *right(PyObject *self, PyObject *object, const uint8_t *text, int number, long wide, wchar_t *letters) {
    Py_complex both = {0, 0};
    short small = 1;
    float single = 1;
    Py_BuildValue("");
    Py_BuildValue("bBhHiIcC", small, small, small, small, number, 'c', 'c', number);
    Py_BuildValue("nlkLK", wide, (size_t)number, wide, wide, wide);
    Py_BuildValue("(fd) [D]", single, 1.0, &both);
    Py_BuildValue("szyU", text, "text", NULL, text);
    Py_BuildValue("s#y#u#", text, wide, letters, (Py_ssize_t)number, letters, wide);
    Py_BuildValue("{s:O, s:N, s:S}", "a", object, "b", self, "c", Py_None);
    Py_BuildValue("O&N&", give, object, give, text);
    PyObject_CallFunction(object, NULL);
    PyObject_CallFunctionObjArgs(object, self, NULL);
    return PyObject_CallMethod(self, "push", "(O)", object);
}
