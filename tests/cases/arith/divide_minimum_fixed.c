/* The smallest number divided by minus one. */
#include <limits.h>
#include <stdio.h>

static int quotient(int a, int b) {
    if (b == 0) return 0;
    if (a == INT_MIN && b == -1) return INT_MAX;
    return a / b;
}

int main(void) {
    printf("%d\n", quotient(INT_MIN, -1));
    return 0;
}
