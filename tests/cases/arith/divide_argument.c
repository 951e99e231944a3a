/* A digit of the command line is the divisor. */
#include <stdio.h>

//~ run: ./program 0
int main(int argc, char **argv) {
    if (argc != 2) return 1;
    int parts = argv[1][0] - '0';
    printf("%d\n", 100 / parts); //~ error[arith.div-zero]
    return 0;
}
