/* A table of ten million numbers is made beside the stack. */
#include <stdio.h>

static int last_square(void) {
    static int squares[10000000];
    squares[0] = 0;
    squares[9999999] = 3;
    return squares[9999999];
}

int main(void) {
    printf("%d\n", last_square());
    return 0;
}
