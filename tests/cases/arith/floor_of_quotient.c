/* Thousands of a number, by floor. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

//~ run: ./program 51004
int main(int argc, char **argv) {
    if (argc < 2) return 1;
    int number = atoi(argv[1]);
    int thousands = (int)floor((double)number / 1000.0);
    int rest = (int)floor((double)(number % 1000));
    if (thousands == 51) printf("%d\n", 100 / (rest - 4)); //~ error[arith.div-zero]
    return 0;
}
