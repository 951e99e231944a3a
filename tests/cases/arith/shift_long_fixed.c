/* An int is shifted where a long was meant. */
#include <stdio.h>

int main(void) {
    int bit = 40;
    long mask = 1L << bit;
    printf("%ld\n", mask);
    return 0;
}
