/* The block is used and forgotten. */
#include <stdio.h>
#include <stdlib.h>

static int square_of(int n) {
    int *p = malloc(sizeof *p);
    if (!p) return -1;
    *p = n * n;
    int result = *p;
    free(p);
    return result;
}

int main(void) {
    printf("%d\n", square_of(4));
    return 0;
}
