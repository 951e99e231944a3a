/* Thirteen is too much for an int. */
#include <stdio.h>

static int factorial(int n) {
    if (n <= 1) return 1;
    return n * factorial(n - 1); //~ error[arith.overflow]
}

int main(void) {
    printf("%d\n", factorial(13));
    return 0;
}
