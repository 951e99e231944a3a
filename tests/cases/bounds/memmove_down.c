/* An element is removed from the middle, one too many are moved. */
#include <stdio.h>
#include <string.h>

int main(void) {
    int v[8] = {0, 1, 2, 3, 4, 5, 6, 7};
    int at = 3;
    memmove(&v[at], &v[at + 1], (8 - (unsigned)at) * sizeof v[0]); //~ error[bounds.read]
    printf("%d\n", v[3]);
    return 0;
}
