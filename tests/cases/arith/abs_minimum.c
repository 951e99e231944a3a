/* abs has no answer for the smallest number. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static long distance(long a, long b) {
    return a - b; //~ error[arith.overflow]
}

int main(void) {
    printf("%ld\n", distance(LONG_MAX, -1));
    return 0;
}
