/* The sum of two large numbers. */
#include <limits.h>
#include <stdio.h>

static int add(int a, int b) {
    if (b > 0 && a > INT_MAX - b) return INT_MAX;
    if (b < 0 && a < INT_MIN - b) return INT_MIN;
    return a + b;
}

int main(void) {
    printf("%d\n", add(INT_MAX, add(2, -1)));
    return 0;
}
