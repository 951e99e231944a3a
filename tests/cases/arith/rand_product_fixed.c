/* Two random numbers are multiplied. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int a = rand(), b = rand();
    printf("%ld\n", (long)a * b);
    return 0;
}
