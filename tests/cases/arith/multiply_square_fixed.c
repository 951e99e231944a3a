/* A square that does not fit. */
#include <stdio.h>

int main(void) {
    int side = 46341;
    long area = (long)side * side;
    printf("%ld\n", (long)area);
    return 0;
}
