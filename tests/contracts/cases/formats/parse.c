#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

enum color { RED, GREEN };
typedef struct {
    PyObject_HEAD
    int size;
} Thing;

static int convert(PyObject *value, void *where) { return value != *(PyObject **)where; }
static int convert_badly(PyObject *value) { return value != NULL; }
static void convert_to_nothing(PyObject *value, void *where) { (void)value, (void)where; }

static PyObject *wrong(PyObject *self, PyObject *args) {
    bool flag = false;
    short small = 0;
    long wide = 0;
    int number = 0;
    float single = 0;
    double real = 0;
    char text[10] = "";
    char *string = text;
    const wchar_t *letters = L"";
    PyObject *object = NULL;
    Thing *thing = NULL;
    Py_buffer view;
    Py_ssize_t length = 0;
    if (!PyArg_ParseTuple(args, "p", &flag)) return NULL;  //~ error[contract.format]: `p` of `PyArg_ParseTuple` takes `int *`, and `&flag` is `_Bool *`: 4 bytes are written into 1
    if (!PyArg_ParseTuple(args, "i", &small)) return NULL;  //~ error[contract.format]: 4 bytes are written into 2
    if (!PyArg_ParseTuple(args, "ni", &length, &wide)) return NULL;  //~ error[contract.format]: only 4 of its 8 bytes are written
    if (!PyArg_ParseTuple(args, "n:name", &number)) return NULL;  //~ error[contract.format]: 8 bytes are written into 4
    if (!PyArg_ParseTuple(args, "d", &single)) return NULL;  //~ error[contract.format]: takes `double *`, and `&single` is `float *`
    if (!PyArg_ParseTuple(args, "f", &real)) return NULL;  //~ error[contract.format]: only 4 of its 8 bytes are written
    if (!PyArg_ParseTuple(args, "d", &wide)) return NULL;  //~ error[contract.format]: takes `double *`, and `&wide` is `long *`
    if (!PyArg_ParseTuple(args, "s", text)) return NULL;  //~ error[contract.format]: takes `const char **`, and `text` is `char *`
    if (!PyArg_ParseTuple(args, "s", &text)) return NULL;  //~ error[contract.format]: a pointer is written into the array
    if (!PyArg_ParseTuple(args, "s", &letters)) return NULL;  //~ error[contract.format]: `&letters` is `const wchar_t **`
    if (!PyArg_ParseTuple(args, "s", &object)) return NULL;  //~ error[contract.format]: `&object` is `PyObject **`
    if (!PyArg_ParseTuple(args, "O", object)) return NULL;  //~ error[contract.format]: `object` is `PyObject *`
    if (!PyArg_ParseTuple(args, "O", &string)) return NULL;  //~ error[contract.format]: `&string` is `char **`
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type)) return NULL;  //~ error[contract.format]: takes 2 arguments, and 1 follow
    if (!PyArg_ParseTuple(args, "O&", convert_badly, &object)) return NULL;  //~ error[contract.format]: it takes 2, and this one 1
    if (!PyArg_ParseTuple(args, "O&", convert_to_nothing, &object)) return NULL;  //~ error[contract.format]: a converter returns something else
    if (!PyArg_ParseTuple(args, "s#", &string, &number)) return NULL;  //~ error[contract.format]: `s#` of `PyArg_ParseTuple` takes `Py_ssize_t *`, and `&number` is `int *`
    if (!PyArg_ParseTuple(args, "y*", &string)) return NULL;  //~ error[contract.format]: takes `Py_buffer *`
    if (!PyArg_ParseTuple(args, "(ii)i", &number, &number)) return NULL;  //~ error[contract.format]: takes 3 arguments, and 2 follow
    if (!PyArg_ParseTuple(args, "i", &number, &number)) return NULL;  //~ error[contract.format]: takes 1 argument, and 2 follow
    if (!PyArg_ParseTuple(args, "i i", &number, &number)) return NULL;  //~ error[contract.format]: has ` `, which is no unit
    if (!PyArg_ParseTuple(args, "i|_name", &number)) return NULL;  //~ error[contract.format]: has `_`, which is no unit
    if (!PyArg_ParseTuple(args, "(ii", &number, &number)) return NULL;  //~ error[contract.format]: has a `(` without its `)`
    if (!PyArg_ParseTuple(args, "i|$i", &number, &number)) return NULL;  //~ error[contract.format]: which only PyArg_ParseTupleAndKeywords knows
    if (!PyArg_ParseTuple(args, "w", &view)) return NULL;  //~ error[contract.format]: `w` without `*`
    if (!PyArg_ParseTuple(args, "i", number)) return NULL;  //~ error[contract.format]: takes `int *`, and `number` is `int`
    if (!PyArg_UnpackTuple(args, "f", 1, 2, &object)) return NULL;  //~ error[contract.format]: stores up to 2 arguments, and 1 follow
    if (!PyArg_UnpackTuple(args, "f", 1, 1, object)) return NULL;  //~ error[contract.format]: takes `PyObject **`
    (void)self, (void)thing;
    Py_RETURN_NONE;
}

static PyObject *right(PyObject *self, PyObject *args) {
    unsigned char byte = 0;
    int8_t tiny = 0;
    unsigned short half = 0;
    uint32_t number = 0;
    enum color color = RED;
    size_t size = 0;
    int64_t wide = 0;
    float single = 0;
    double real = 0;
    Py_complex both;
    char *string = NULL;
    const unsigned char *bytes = NULL;
    const uint16_t *pairs = NULL;
    void *anything = NULL;
    PyObject *object = NULL, *type = (PyObject *)&PyList_Type;
    Thing *thing = NULL;
    Py_buffer view;
    Py_ssize_t length = 0;
    char letter = 0, buffer[8], *into = buffer;
    const char *computed = size ? "i" : "n";
    if (!PyArg_ParseTuple(args, "bBcH", &byte, &tiny, &letter, &half)) return NULL;
    if (!PyArg_ParseTuple(args, "iIpC", &number, &number, &color, &number)) return NULL;
    if (!PyArg_ParseTuple(args, "nlkLK|fdD", &size, &wide, &wide, &size, &wide, &single, &real, &both)) return NULL;
    if (!PyArg_ParseTuple(args, "szy:name", &string, &bytes, &anything)) return NULL;
    if (!PyArg_ParseTuple(args, "s#y#;a (message)", &bytes, &size, &pairs, &length)) return NULL;
    if (!PyArg_ParseTuple(args, "s*w*", &view, &view)) return NULL;
    if (!PyArg_ParseTuple(args, "eset#", NULL, &string, "utf-8", &into, &length)) return NULL;
    if (!PyArg_ParseTuple(args, "OO!O!SUY", &object, &PyList_Type, &thing, type, &thing, &object, &object, &object))
        return NULL;
    if (!PyArg_ParseTuple(args, "O&O&", PyUnicode_FSConverter, &object, convert, &number)) return NULL;
    if (!PyArg_ParseTuple(args, "i(i(ss))|O", &number, &number, &string, &string, &object)) return NULL;
    if (!PyArg_ParseTuple(args, "i", (int *)&half)) return NULL;
    if (!PyArg_ParseTuple(args, computed, &number)) return NULL;
    if (!PyArg_Parse(object, "i", &number)) return NULL;
    if (!PyArg_UnpackTuple(args, "f", 0, 2, &object, &thing)) return NULL;
    (void)self;
    Py_RETURN_NONE;
}

PyObject *(*const both[])(PyObject *, PyObject *) = {wrong, right};
