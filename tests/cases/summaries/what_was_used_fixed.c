/* A block that is read after the function that was handed it has freed it. */
#include <stdio.h>
#include <stdlib.h>

static int total(int *pair) {
    int both = pair[0] + pair[1];
    return both;
}

int main(void) {
    int *pair = malloc(2 * sizeof *pair);
    if (!pair) return 1;
    pair[0] = 3;
    pair[1] = 4;
    int both = total(pair);
    printf("%d %d\n", both, pair[1]);
    free(pair);
    return 0;
}
