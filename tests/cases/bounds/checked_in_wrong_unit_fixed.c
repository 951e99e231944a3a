/* The limit is in bytes, the index counts elements. */
#include <stdio.h>

static long slots[4];

static long at(unsigned i) {
    if (i >= sizeof slots / sizeof slots[0]) return -1;
    return slots[i];
}

int main(void) {
    printf("%ld\n", at(2) + at(5));
    return 0;
}
