/* A table that must end with a zero. */
#include <stdio.h>

static const int primes[5] = {2, 3, 5, 7};

static int count(const int *table) {
    int n = 0;
    while (table[n]) n++;
    return n;
}

int main(void) {
    printf("%d\n", count(primes));
    return 0;
}
