/* Histogram: counts of whole numbers in equal bins, with a name. */
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define BINS_MAX 64
#define NAME_MAX_BYTES 15

typedef struct {
    PyObject_HEAD
    unsigned *bins;
    int size;
    int width; /* how many numbers a bin takes */
    int total;
    char name[NAME_MAX_BYTES + 1];
} Histogram;

extern PyTypeObject HistogramType;
