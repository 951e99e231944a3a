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
    if (q[6]) puts("set"); //~ error[defined.read]
    free(q);
    return 0;
}
