/* Functions without parameters, for a program elsewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int uninitialised_001_sink;

void uninitialised_001(void) {
    int value;
    if (value > 0) uninitialised_001_sink = 1; //~ error[defined.read]
}

void uninitialised_002(void) {
    int values[3];
    values[0] = 1;
    values[2] = 3;
    if (values[1] == 2) uninitialised_001_sink = 2; //~ error[defined.read]
}

void uninitialised_003(void) {
    double *p = malloc(sizeof *p);
    if (!p) return;
    if (*p > 1) uninitialised_001_sink = 3; //~ error[defined.read]
    free(p);
}

static void nothing(int *to, int when) {
    if (when) *to = 3;
}

void uninitialised_004(void) {
    int value;
    nothing(&value, 0);
    if (value) uninitialised_001_sink = 4; //~ error[defined.read]
}

struct three {
    int a, b, c;
};

static struct three made(void) {
    struct three t;
    t.a = 1;
    t.c = 3;
    return t;
}

void uninitialised_005(void) {
    struct three t = made();
    struct three copy = t;
    if (copy.b) uninitialised_001_sink = 5; //~ error[defined.read]
}

void uninitialised_006(void) {
    char text[8];
    memcpy(text, "abc", 3);
    size_t n = strlen(text); //~ error[defined.read]
    uninitialised_001_sink = (int)n;
}
