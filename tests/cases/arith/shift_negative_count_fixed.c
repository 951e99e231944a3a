/* A count below zero. */
#include <stdio.h>

static unsigned scaled(unsigned n, int by) {
    return by >= 0 ? n << by : n >> -by;
}

int main(void) {
    printf("%u\n", scaled(8, 2) + scaled(8, -2));
    return 0;
}
