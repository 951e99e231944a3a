/* Void functions over memory that was freed. */
#include <stdlib.h>
#include <string.h>

int freed_sink;

void freed_001(void) {
    char *a = malloc(8);
    if (!a) return;
    char *b = a;
    free(a);
    b = NULL;
    freed_sink = b == NULL;
}

void freed_002(void) {
    int *a = calloc(4, sizeof *a);
    if (!a) return;
    for (int i = 0; i < 4; i++) {
        freed_sink += a[i];
        if (i == 3) free(a);
    }
}
