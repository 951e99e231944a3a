/* The position of a value that is not there. */
#include <stdio.h>

int main(void) {
    int v[4] = {1, 2, 3, 4};
    int at = 0;
    for (int i = 0; i < 4; i++)
        if (v[i] == 7) at = i;
    printf("%d\n", v[at & 3]);
    return 0;
}
