/* One half after the other, in functions of their own. */
#include <stdio.h>

static int half(int n, char value) {
    char bytes[6000000];
    bytes[n] = value;
    return bytes[n];
}

int main(void) {
    printf("%d\n", half(7, 1) + half(7, 2));
    return 0;
}
