/* The divisor is set for large numbers only. */
#include <stdio.h>

static int share(int total) {
    int parts;
    if (total > 100) parts = 4;
    if (total / (parts | 1) > 30) return 30; //~ error[defined.read]
    return 0;
}

int main(void) {
    int s = share(50);
    printf("%d\n", s);
    return 0;
}
