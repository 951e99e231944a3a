/* Days in microseconds. */
#include <stdio.h>

static long microseconds(int days) {
    return days * 24 * 60 * 60 * 1000000; //~ error[arith.overflow]
}

int main(void) {
    printf("%ld\n", microseconds(2));
    return 0;
}
