/* A block for n numbers; the loop goes one further. */
#include <stdio.h>
#include <stdlib.h>

static long total(int n) {
    long *v = malloc((size_t)n * sizeof *v);
    if (v == NULL) return -1;
    for (int i = 0; i < n; i++) v[i] = i;
    long sum = 0;
    for (int i = 0; i < n; i++) sum += v[i];
    free(v);
    return sum;
}

int main(void) {
    printf("%ld\n", total(10));
    return 0;
}
