/* What the code that Argument Clinic writes asks for, as getargs.c has it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "cpython.h"

#undef _PyArg_CheckPositional
#undef _PyArg_NoKeywords
#undef _PyArg_NoKwnames
#undef _PyArg_NoPositional
#undef _PyArg_UnpackKeywords

#if PY_VERSION_HEX >= 0x03090000

static int refuse(void) {
    gnomon_raise(PyExc_TypeError);
    return 0;
}

int _PyArg_CheckPositional(const char* name, Py_ssize_t count, Py_ssize_t minimum, Py_ssize_t maximum) {
    (void)name;
    return count < minimum || count > maximum ? refuse() : 1;
}

int _PyArg_NoKeywords(const char* name, PyObject* keywords) {
    (void)name;
    return keywords && PyDict_Size(keywords) ? refuse() : 1;
}

int _PyArg_NoKwnames(const char* name, PyObject* names) {
    (void)name;
    return names && PyTuple_GET_SIZE(names) ? refuse() : 1;
}

int _PyArg_NoPositional(const char* name, PyObject* args) {
    (void)name;
    return args && PyTuple_GET_SIZE(args) ? refuse() : 1;
}

void _PyArg_BadArgument(const char* function, const char* name, const char* expected, PyObject* argument) {
    (void)function, (void)name, (void)expected, (void)argument;
    gnomon_raise(PyExc_TypeError);
}

#if PY_VERSION_HEX < 0x030E0000

/* In the order of the parameters: borrowed, null where nothing is given. Behind the last one that is given or must be,
 * nothing is written. */
PyObject* const* _PyArg_UnpackKeywords(PyObject* const* args, Py_ssize_t count, PyObject* keywords, PyObject* names,
                                       struct _PyArg_Parser* parser, int minimum, int maximum, int by_name_only,
                                       PyObject** unpacked) {
    if (names && PyTuple_GET_SIZE(names)) __gnomon_not_modelled("names of a fast call's arguments");
    Py_ssize_t unused = keywords ? PyDict_Size(keywords) : 0;
    if (!args && !count) args = unpacked;
    if (!unused && !by_name_only && minimum <= count && count <= maximum) return args;
    int unnamed = 0;
    while (parser->keywords[unnamed] && !parser->keywords[unnamed][0]) ++unnamed;
    int most = unnamed;
    while (parser->keywords[most]) ++most;
    int least = unnamed < minimum ? unnamed : minimum;
    if (count + unused > most || count > maximum || count < least) return gnomon_raise(PyExc_TypeError);
    for (Py_ssize_t i = 0; i < count; ++i) unpacked[i] = args[i];
    int needed = by_name_only ? maximum + by_name_only : minimum;
    for (int i = count > unnamed ? (int)count : unnamed; i < most; ++i) {
        if (!unused && i >= needed) break;
        unpacked[i] = unused ? PyDict_GetItemString(keywords, parser->keywords[i]) : NULL;
        if (unpacked[i])
            --unused;
        else if (i < minimum || (maximum <= i && i < needed))
            return gnomon_raise(PyExc_TypeError);
    }
    return unused ? gnomon_raise(PyExc_TypeError) : (void*)unpacked;
}

#endif
#endif
