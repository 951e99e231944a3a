/* The type `Histogram`. */
#include "histogram.h"

#include <string.h>

static PyObject *histogram_new(PyTypeObject *type, PyObject *args, PyObject *kwds) {
    (void)args, (void)kwds;
    Histogram *self = (Histogram *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->width = 1;
    return (PyObject *)self;
}

static int histogram_init(PyObject *object, PyObject *args, PyObject *kwds) {
    Histogram *self = (Histogram *)object;
    int size, width = 1;
    (void)kwds;
    if (!PyArg_ParseTuple(args, "i|i:Histogram", &size, &width)) return -1;
    if (size < 1 || size > BINS_MAX || width < 0) {
        PyErr_SetString(PyExc_ValueError, "a histogram has 1 to 64 bins of some width");
        return -1;
    }
    unsigned *bins = PyMem_Calloc((size_t)size, sizeof *bins);
    if (!bins) {
        PyErr_NoMemory();
        return -1;
    }
    PyMem_Free(self->bins);
    self->bins = bins;
    self->size = size;
    self->width = width;
    self->total = 0;
    return 0;
}

static void histogram_dealloc(PyObject *object) {
    Histogram *self = (Histogram *)object;
    PyMem_Free(self->bins);
    Py_TYPE(object)->tp_free(object);
}

static int must_be_ready(const Histogram *self) {
    if (self->bins) return 1;
    PyErr_SetString(PyExc_RuntimeError, "this histogram was never initialised");
    return 0;
}

/* Counts a number; those past the last bin are not counted. */
static PyObject *histogram_add(PyObject *object, PyObject *args) {
    Histogram *self = (Histogram *)object;
    int number;
    if (!PyArg_ParseTuple(args, "i:add", &number)) return NULL;
    if (!must_be_ready(self)) return NULL;
    int bin = number / self->width; //~ error[arith.div-zero]
    if (number >= 0 && bin < self->size) {
        self->bins[bin]++;
        self->total++;
    }
    Py_RETURN_NONE;
}

/* The count of a bin; negative ones count from the end, as in a list. */
static PyObject *histogram_count(PyObject *object, PyObject *args) {
    Histogram *self = (Histogram *)object;
    int bin;
    if (!PyArg_ParseTuple(args, "i:count", &bin)) return NULL;
    if (!must_be_ready(self)) return NULL;
    if (bin < 0) bin += self->size;
    if (bin >= self->size) {
        PyErr_SetString(PyExc_IndexError, "no such bin");
        return NULL;
    }
    return PyLong_FromUnsignedLong(self->bins[bin]); //~ error[bounds.read]
}

/* Sets the count of a bin, counted as `count` does. */
static PyObject *histogram_set(PyObject *object, PyObject *args) {
    Histogram *self = (Histogram *)object;
    int bin;
    unsigned count;
    if (!PyArg_ParseTuple(args, "iI:set", &bin, &count)) return NULL;
    if (!must_be_ready(self)) return NULL;
    if (bin < 0) bin += self->size;
    if (bin < 0 || bin >= self->size) {
        PyErr_SetString(PyExc_IndexError, "no such bin");
        return NULL;
    }
    self->bins[bin] = count;
    Py_RETURN_NONE;
}

static PyObject *histogram_rename(PyObject *object, PyObject *args) {
    Histogram *self = (Histogram *)object;
    const char *name;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "s#:rename", &name, &length)) return NULL;
    if (length > NAME_MAX_BYTES) {
        PyErr_SetString(PyExc_ValueError, "a name has at most 15 bytes");
        return NULL;
    }
    memcpy(self->name, name, (size_t)length);
    self->name[length] = '\0';
    Py_RETURN_NONE;
}

static PyObject *histogram_clear(PyObject *object, PyObject *unused) {
    Histogram *self = (Histogram *)object;
    (void)unused;
    for (int bin = 0; bin < self->size; ++bin) self->bins[bin] = 0;
    self->total = 0;
    Py_RETURN_NONE;
}

static PyObject *histogram_get_total(PyObject *object, void *closure) {
    (void)closure;
    return PyLong_FromLong(((Histogram *)object)->total);
}

static PyObject *histogram_get_width(PyObject *object, void *closure) {
    (void)closure;
    return PyLong_FromLong(((Histogram *)object)->width);
}

static Py_ssize_t histogram_length(PyObject *object) {
    return ((Histogram *)object)->size;
}

static PyObject *histogram_repr(PyObject *object) {
    Histogram *self = (Histogram *)object;
    return PyUnicode_FromFormat("<Histogram '%s' of %d bins>", self->name, self->size);
}

static PyMethodDef histogram_methods[] = {
    {"add", histogram_add, METH_VARARGS, "add(number): count it"},
    {"count", histogram_count, METH_VARARGS, "count(bin): how many numbers it took"},
    {"set", histogram_set, METH_VARARGS, "set(bin, count)"},
    {"rename", histogram_rename, METH_VARARGS, "rename(name)"},
    {"clear", histogram_clear, METH_NOARGS, "clear(): all counts to 0"},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef histogram_getset[] = {
    {"total", histogram_get_total, NULL, "how many numbers were counted", NULL},
    {"width", histogram_get_width, NULL, "how many numbers a bin takes", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods histogram_as_sequence = {
    .sq_length = histogram_length,
};

PyTypeObject HistogramType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sketch._sketch.Histogram",
    .tp_basicsize = sizeof(Histogram),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Histogram(size, width=1)",
    .tp_new = histogram_new,
    .tp_init = histogram_init,
    .tp_dealloc = histogram_dealloc,
    .tp_repr = histogram_repr,
    .tp_as_sequence = &histogram_as_sequence,
    .tp_methods = histogram_methods,
    .tp_getset = histogram_getset,
};
