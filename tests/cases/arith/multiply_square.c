/* A square that does not fit. */
#include <stdio.h>

int main(void) {
    int side = 46341;
    int area = side * side; //~ error[arith.overflow]
    printf("%ld\n", (long)area);
    return 0;
}
