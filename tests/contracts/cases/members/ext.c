#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <structmember.h>

typedef struct {
    int depth;
} Inner;
typedef struct thing {
    PyObject_HEAD
    short narrow;
    int number;
    long wide;
    Py_ssize_t count;
    float single;
    double real;
    char *text;
    char inline_text[8];
    PyObject *object;
    struct thing *next;
    void *raw;
    bool flag;
    unsigned char byte;
    int8_t tiny;
    Inner inner;
    PyObject *weak;
    int *pointed;
} Thing;

#define MEMBER(name, type) {#name, type, offsetof(Thing, name), READONLY, NULL}
#define PLACE(name) offsetof(Thing, name)

static PyMemberDef wrong[] = {
    {"narrow", T_INT, offsetof(Thing, narrow), 0, NULL},  //~ error[contract.member]: `T_INT` for the member `narrow`, whose field is `short narrow`: CPython takes 4 bytes, and it has 2
    {"number", T_LONG, offsetof(struct thing, number), 0, NULL},  //~ error[contract.member]: takes 8 bytes, and it has 4
    {"wide", T_INT, offsetof(Thing, wide), READONLY, NULL},  //~ warning[contract.member]: `T_INT` for the member `wide`, whose field is `long wide`: CPython takes 4 bytes, and it has 8
    {"count", T_UINT, offsetof(Thing, count), READONLY, NULL},  //~ warning[contract.member]: takes 4 bytes
    {"single", T_DOUBLE, offsetof(Thing, single), 0, NULL},  //~ error[contract.member]: takes 8 bytes, and it has 4
    {"real", T_FLOAT, offsetof(Thing, real), 0, NULL},  //~ error[contract.member]: takes 4 bytes, and it has 8
    {"real", T_LONG, offsetof(Thing, real), 0, NULL},  //~ error[contract.member]: CPython reads an integer
    {"wide", T_DOUBLE, offsetof(Thing, wide), 0, NULL},  //~ error[contract.member]: CPython reads a floating-point number
    {"text", T_STRING_INPLACE, offsetof(Thing, text), READONLY, NULL},  //~ error[contract.member]: CPython reads the text itself
    {"inline_text", T_STRING, offsetof(Thing, inline_text), READONLY, NULL},  //~ error[contract.member]: `T_STRING` for the member `inline_text`, whose field is `char inline_text[8]`: CPython reads a pointer to text
    {"wide", T_OBJECT, offsetof(Thing, wide), READONLY, NULL},  //~ error[contract.member]: CPython reads a pointer to an object
    {"pointed", T_OBJECT_EX, offsetof(Thing, pointed), READONLY, NULL},  //~ error[contract.member]: a pointer to an object
    {"object", T_PYSSIZET, offsetof(Thing, object), READONLY, NULL},  //~ error[contract.member]: CPython reads a number
    {.name = "number", .type = T_BOOL, .offset = offsetof(Thing, number)},  //~ warning[contract.member]: takes 1 byte, and it has 4
    {NULL},
};
static PyMemberDef right[] = {
    {"narrow", T_SHORT, offsetof(Thing, narrow), 0, NULL},
    {"number", T_UINT, offsetof(Thing, number), 0, NULL},
    {"wide", T_LONGLONG, offsetof(Thing, wide), 0, NULL},
    {"count", T_PYSSIZET, offsetof(Thing, count), 0, NULL},
    {"single", T_FLOAT, offsetof(Thing, single), 0, NULL},
    {"real", T_DOUBLE, offsetof(Thing, real), 0, NULL},
    {"text", T_STRING, offsetof(Thing, text), READONLY, NULL},
    {"inline_text", T_STRING_INPLACE, offsetof(Thing, inline_text), READONLY, NULL},
    {"object", T_OBJECT, offsetof(Thing, object), READONLY, NULL},
    {"next", T_OBJECT_EX, offsetof(Thing, next), READONLY, NULL},
    {"raw", T_OBJECT, offsetof(Thing, raw), READONLY, NULL},
    {"flag", T_BOOL, offsetof(Thing, flag), 0, NULL},
    {"byte", T_CHAR, offsetof(Thing, byte), 0, NULL},
    {"tiny", T_BYTE, offsetof(Thing, tiny), 0, NULL},
    {"depth", T_LONG, offsetof(Thing, inner.depth), READONLY, NULL},
    {"inner", T_INT, offsetof(Thing, inner), READONLY, NULL},
    {"computed", T_LONG, PLACE(number), READONLY, NULL},
    MEMBER(number, T_LONG),
    {"shifted", T_SHORT, offsetof(Thing, number) + 2, READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Thing, weak), READONLY, NULL},
    {NULL},
};

PyMemberDef *members(int is_wrong) { return is_wrong ? wrong : right; }
