/* The number of bits comes from a subtraction. */
#include <stdio.h>

static unsigned low_bits(unsigned word, int from, int to) {
    return to - from > 31 || to < from ? word : word & ((1u << (to - from)) - 1);
}

int main(void) {
    printf("%u\n", low_bits(77, 0, 4) + low_bits(77, 5, 4));
    return 0;
}
