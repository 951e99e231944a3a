/* What realloc adds is not set. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char *p = calloc(1, 4);
    if (!p) return 1;
    char *q = realloc(p, 8);
    if (!q) {
        free(p);
        return 1;
    }
    for (int i = 4; i < 8; i++) q[i] = 0;
    if (q[6]) puts("set");
    free(q);
    return 0;
}
