/* After the block became smaller, its old end is read. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int *v = calloc(16, sizeof *v);
    if (!v) return 1;
    v[15] = 1;
    int *w = realloc(v, 8 * sizeof *w);
    if (!w) {
        free(v);
        return 1;
    }
    printf("%d\n", w[7]);
    free(w);
    return 0;
}
