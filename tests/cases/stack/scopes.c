/* Both halves are there at once. */
#include <stdio.h>

static int halves(int n) {
    char first[6000000];
    first[n] = 1;
    char second[6000000];  //~ error[stack.overflow]: with `second` the locals need 12000000 bytes of the stack
    second[n] = 2;
    return first[n] + second[n];
}

int main(void) {
    printf("%d\n", halves(7));
    return 0;
}
