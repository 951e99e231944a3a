/* All bits of a word, one more than it has. */
#include <stdio.h>

int main(void) {
    unsigned mask = 0;
    for (int i = 0; i < 32; i++) mask |= 1u << i;
    printf("%u\n", mask);
    return 0;
}
