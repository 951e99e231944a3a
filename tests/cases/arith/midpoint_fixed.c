/* The middle between two large indices. */
#include <stdio.h>

static int middle(int low, int high) {
    return low + (high - low) / 2;
}

int main(void) {
    printf("%d\n", middle(2000000000, 2100000000));
    return 0;
}
