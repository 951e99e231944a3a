/* The remainder has the same limit as the quotient. */
#include <limits.h>
#include <stdio.h>

int main(void) {
    long long a = LLONG_MIN;
    long long b = 1;
    b -= 2;
    printf("%lld\n", a % b); //~ error[arith.overflow]
    return 0;
}
