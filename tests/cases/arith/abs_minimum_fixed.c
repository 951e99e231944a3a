/* abs has no answer for the smallest number. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static long distance(long a, long b) {
    return (a < 0) == (b < 0) ? a - b : 0;
}

int main(void) {
    printf("%ld\n", distance(LONG_MAX, -1));
    return 0;
}
