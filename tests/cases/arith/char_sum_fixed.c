/* Small types are added as ints: that is no overflow; the twin adds in an int without end. */
#include <limits.h>
#include <stdio.h>

int main(void) {
    signed char a = SCHAR_MAX;
    int total = INT_MAX - 126;
    a = (signed char)(a - 1);
    total += a;
    printf("%d\n", total);
    return 0;
}
