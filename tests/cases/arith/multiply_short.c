/* Two unsigned shorts are multiplied as signed ints. */
#include <stdio.h>

int main(void) {
    unsigned short a = 65535, b = 65535;
    unsigned product = a * b; //~ error[arith.overflow]
    printf("%u\n", product);
    return 0;
}
