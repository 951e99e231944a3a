/* The limit is in bytes, the index counts elements. */
#include <stdio.h>

static long slots[4];

static long at(unsigned i) {
    if (i >= sizeof slots) return -1;
    return slots[i]; //~ error[bounds.read]
}

int main(void) {
    printf("%ld\n", at(2) + at(5));
    return 0;
}
