/* Blocks that are none. */
#include <stdlib.h>
#include <string.h>

static int numbers[4];

void wrong_001(void) {
    int local = 3;
    int *p = &local;
    p = NULL;
    free(p);
}

void wrong_002(void) {
    int *p = numbers;
    p[1] = 2;
}

void wrong_003(void) {
    char *p = malloc(10);
    if (!p) return;
    *p = 'x';
    free(p);
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
    free(o.at - 5);
}
