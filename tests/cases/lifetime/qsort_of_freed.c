/* Elements are compared through pointers to blocks that are gone. */
#include <stdio.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b) {
    const int *x = *(int *const *)a, *y = *(int *const *)b;
    return *x - *y; //~ error[lifetime.use-after-free]
}

int main(void) {
    int *v[2];
    for (int i = 0; i < 2; i++) {
        v[i] = malloc(sizeof *v[i]);
        if (!v[i]) exit(1);
        *v[i] = 5 - i;
    }
    free(v[1]);
    qsort(v, 2, sizeof v[0], by_value);
    free(v[0]);
    return 0;
}
