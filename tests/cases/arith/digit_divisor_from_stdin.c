/* A number of parts is read from standard input. */
#include <stdio.h>

//~ run: echo 0 | ./program
int main(void) {
    int c = getchar();
    if (c < '0' || c > '9') return 1;
    int parts = c - '0';
    printf("%d\n", 60 / parts); //~ error[arith.div-zero]
    return 0;
}
