/* A literal array of three. */
#include <stdio.h>

int main(void) {
    const int *v = (const int[]){1, 2, 3};
    printf("%d\n", v[3]); //~ error[bounds.read]
    return 0;
}
