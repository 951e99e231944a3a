/* The greatest common divisor of zero and zero. */
#include <stdio.h>

static int gcd(int a, int b) { return b ? gcd(b, a % b) : a; }

static int lcm(int a, int b) {
    return a ? a / gcd(a, b) * b : 0;
}

int main(void) {
    printf("%d %d\n", lcm(4, 6), lcm(0, 0));
    return 0;
}
