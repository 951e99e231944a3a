/* The module `sketch._sketch`: small summaries of text and numbers, and the type `Histogram`. */
#include "histogram.h"

#define WORD_MAX 8
#define SKETCH_BYTES 16

/* The three-letter code of a word: its first letters, upper case. */
static PyObject *sketch_code(PyObject *module, PyObject *args) {
    const char *word;
    char code[4];
    (void)module;
    if (!PyArg_ParseTuple(args, "s:code", &word)) return NULL;
    int used = 0;
    for (; word[used] && used < 3; ++used) code[used] = (char)(word[used] & ~0x20);
    code[used] = '\0';
    return PyBytes_FromString(code);
}

/* A text up to its first blank, cut to a word. */
static PyObject *sketch_head(PyObject *module, PyObject *args) {
    const char *text;
    char head[WORD_MAX];
    (void)module;
    if (!PyArg_ParseTuple(args, "s:head", &text)) return NULL;
    int used = 0;
    for (; text[used] && text[used] != ' ' && used < WORD_MAX; ++used) head[used] = text[used];
    head[used] = '\0'; //~ error[bounds.write]
    return PyBytes_FromString(head);
}

/* The bytes at both ends, as one number. */
static PyObject *sketch_ends(PyObject *module, PyObject *args) {
    const char *data;
    Py_ssize_t size;
    (void)module;
    if (!PyArg_ParseTuple(args, "y#:ends", &data, &size)) return NULL;
    if (size == 0) return PyLong_FromLong(0);
    return PyLong_FromLong((unsigned char)data[0] << 8 | (unsigned char)data[size - 1]);
}

/* The sum of the squares of the differences of neighbours. */
static PyObject *sketch_roughness(PyObject *module, PyObject *args) {
    const char *data;
    Py_ssize_t size;
    (void)module;
    if (!PyArg_ParseTuple(args, "y#:roughness", &data, &size)) return NULL;
    long roughness = 0;
    for (Py_ssize_t i = 1; i < size; ++i) {
        int difference = (unsigned char)data[i] - (unsigned char)data[i - 1];
        roughness += difference * difference;
    }
    return PyLong_FromLong(roughness);
}

/* The number in the middle. */
static PyObject *sketch_middle(PyObject *module, PyObject *args) {
    int low, high;
    (void)module;
    if (!PyArg_ParseTuple(args, "ii:middle", &low, &high)) return NULL;
    if (low > high) Py_RETURN_NONE;
    return PyLong_FromLong((low + high) / 2); //~ error[arith.overflow]
}

/* How far apart two numbers are. */
static PyObject *sketch_distance(PyObject *module, PyObject *args) {
    int low, high;
    (void)module;
    if (!PyArg_ParseTuple(args, "ii:distance", &low, &high)) return NULL;
    if (low > high) Py_RETURN_NONE;
    return PyLong_FromLongLong((long long)high - low);
}

/* A bucket for a hash, of 2 to the power of `bits` buckets. */
static PyObject *sketch_bucket(PyObject *module, PyObject *args) {
    unsigned hash;
    int bits = 4;
    (void)module;
    if (!PyArg_ParseTuple(args, "I|i:bucket", &hash, &bits)) return NULL;
    if (bits < 0 || bits > 32) {
        PyErr_SetString(PyExc_ValueError, "0 to 32 bits");
        return NULL;
    }
    return PyLong_FromUnsignedLong(hash >> (32 - bits)); //~ error[arith.shift]
}

/* The lowest bits of a hash. */
static PyObject *sketch_low(PyObject *module, PyObject *args) {
    unsigned hash;
    int bits = 4;
    (void)module;
    if (!PyArg_ParseTuple(args, "I|i:low", &hash, &bits)) return NULL;
    if (bits < 1 || bits > 31) return PyLong_FromUnsignedLong(bits < 1 ? 0 : hash);
    return PyLong_FromUnsignedLong(hash & ((1U << bits) - 1));
}

/* A text folded into 16 bytes of its own, each a sum. */
static PyObject *sketch_fold(PyObject *module, PyObject *args) {
    const char *text;
    Py_ssize_t length;
    int rounds = 1;
    (void)module;
    if (!PyArg_ParseTuple(args, "s#|i:fold", &text, &length, &rounds)) return NULL;
    unsigned char *folded = PyMem_Calloc(SKETCH_BYTES, 1);
    if (!folded) return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < length; ++i) folded[i % SKETCH_BYTES] += (unsigned char)text[i];
    if (rounds < 1) {
        PyMem_Free(folded);
        PyErr_SetString(PyExc_ValueError, "at least one round");
    }
    long sum = 0;
    for (int i = 0; i < SKETCH_BYTES; ++i) sum = (sum << 1) + folded[i]; //~ error[lifetime.use-after-free]
    PyMem_Free(folded);
    return PyLong_FromLong(sum);
}

static PyMethodDef sketch_functions[] = {
    {"code", sketch_code, METH_VARARGS, "code(word): its first three letters"},
    {"head", sketch_head, METH_VARARGS, "head(text): up to its first blank"},
    {"ends", sketch_ends, METH_VARARGS, "ends(data): both ends as one number"},
    {"roughness", sketch_roughness, METH_VARARGS, "roughness(data)"},
    {"middle", sketch_middle, METH_VARARGS, "middle(low, high)"},
    {"distance", sketch_distance, METH_VARARGS, "distance(low, high)"},
    {"bucket", sketch_bucket, METH_VARARGS, "bucket(hash, bits=4)"},
    {"low", sketch_low, METH_VARARGS, "low(hash, bits=4)"},
    {"fold", sketch_fold, METH_VARARGS, "fold(text, rounds=1)"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sketch_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sketch._sketch",
    .m_doc = "Small summaries of text and numbers.",
    .m_size = -1,
    .m_methods = sketch_functions,
};

PyMODINIT_FUNC PyInit__sketch(void) {
    if (PyType_Ready(&HistogramType) < 0) return NULL;
    PyObject *module = PyModule_Create(&sketch_module);
    if (!module) return NULL;
    Py_INCREF(&HistogramType);
    if (PyModule_AddObject(module, "Histogram", (PyObject *)&HistogramType) < 0) {
        Py_DECREF(&HistogramType);
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
