/* The smallest number has no opposite. */
#include <limits.h>
#include <stdio.h>

static int magnitude(int n) {
    if (n < 0) return -n; //~ error[arith.overflow]
    return n;
}

int main(void) {
    printf("%d\n", magnitude(INT_MIN));
    return 0;
}
