/* The sum of two large numbers. */
#include <limits.h>
#include <stdio.h>

static int add(int a, int b) {
    return a + b; //~ error[arith.overflow]
}

int main(void) {
    printf("%d\n", add(INT_MAX, add(2, -1)));
    return 0;
}
