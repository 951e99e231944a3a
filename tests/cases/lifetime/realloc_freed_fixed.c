/* A freed block is made larger. */
#include <stdlib.h>

int main(void) {
    char *p = malloc(4);
    if (!p) return 1;
    char *q = realloc(p, 8);
    if (!q) free(p);
    free(q);
    return 0;
}
