/* The number of bits comes from a subtraction. */
#include <stdio.h>

static unsigned low_bits(unsigned word, int from, int to) {
    return word & ((1u << (to - from)) - 1); //~ error[arith.shift]
}

int main(void) {
    printf("%u\n", low_bits(77, 0, 4) + low_bits(77, 5, 4));
    return 0;
}
