/* A pointer walks to a value that is not there. */
#include <stdio.h>

int main(void) {
    int v[5] = {3, 1, 4, 1, 5};
    const int *at = v, *end = v + 5;
    while (at != end && *at != 9) at++;
    printf("%d\n", (int)(at - v));
    return 0;
}
