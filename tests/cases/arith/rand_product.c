/* Two random numbers are multiplied. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int a = rand(), b = rand();
    printf("%d\n", a * b); //~ error[arith.overflow]
    return 0;
}
