/* Blocks that are none. */
#include <stdlib.h>
#include <string.h>

static int numbers[4];

void wrong_001(void) {
    int local = 3;
    int *p = &local;
    free(p); //~ error[lifetime.bad-free]
}

void wrong_002(void) {
    int *p = numbers;
    free(p + 1); //~ error[lifetime.bad-free]
}

void wrong_003(void) {
    char *p = malloc(10);
    if (!p) return;
    p++;
    *p = 'x';
    free(p); //~ error[lifetime.bad-free]
}

struct owner {
    char *start;
    char *at;
};

void wrong_004(void) {
    struct owner o;
    o.start = malloc(10);
    if (!o.start) return;
    o.at = o.start + 5;
    free(o.at); //~ error[lifetime.bad-free]
}
