/* A bit beyond the last word. */
#include <stdio.h>

#define BITS 64
static unsigned words[BITS / 32];

static void set(unsigned bit) {
    if (bit <= BITS) words[bit / 32] |= 1u << bit % 32; //~ error[bounds.read]
}

int main(void) {
    set(3);
    set(64);
    printf("%u\n", words[0]);
    return 0;
}
