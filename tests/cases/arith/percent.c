/* A share in percent, of ints. */
#include <stdio.h>

static int percent(int part, int whole) {
    if (whole <= 0) return 0;
    return part * 100 / whole; //~ error[arith.overflow]
}

int main(void) {
    printf("%d\n", percent(30000000, 40000000));
    return 0;
}
