/* A checksum in a signed int. */
#include <stdio.h>

static int checksum(const char *text) {
    int sum = 5381;
    while (*text) sum = sum * 33 + *text++; //~ error[arith.overflow]
    return (int)(sum & 0xffff);
}

int main(void) {
    printf("%d\n", checksum("some longer text"));
    return 0;
}
