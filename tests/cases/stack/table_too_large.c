/* A table of ten million numbers is made where it is used. */
#include <stdio.h>

static int last_square(void) {
    int squares[10000000];  //~ error[stack.overflow]: `squares` needs 40000000 bytes of the stack
    squares[0] = 0;
    squares[9999999] = 3;
    return squares[9999999];
}

int main(void) {
    printf("%d\n", last_square());
    return 0;
}
