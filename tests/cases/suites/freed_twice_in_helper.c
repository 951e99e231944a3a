/* The helper frees what it is given, whatever it was before. */
#include <stdlib.h>

static void release(char **p) {
    free(*p); //~ error[lifetime.double-free]
}

void twice(void) {
    char *a = malloc(1);
    release(&a);
    release(&a);
}

void once(void) {
    char *a = malloc(1);
    release(&a);
}
