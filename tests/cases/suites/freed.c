/* Void functions over memory that was freed. */
#include <stdlib.h>
#include <string.h>

int freed_sink;

void freed_001(void) {
    char *a = malloc(8);
    if (!a) return;
    char *b = a;
    free(a);
    b[0] = 'x'; //~ error[lifetime.use-after-free]
}

void freed_002(void) {
    int *a = calloc(4, sizeof *a);
    if (!a) return;
    for (int i = 0; i < 4; i++) {
        freed_sink += a[i]; //~ error[lifetime.use-after-free]
        if (i == 2) free(a);
    }
}
