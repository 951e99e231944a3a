/* The size is overwritten by a variable of the same name in a block. */
#include <stdio.h>

int main(void) {
    int size = 4;
    int v[4] = {0};
    {
        int other = size + 1;
        size = other - 1;
    }
    for (int i = 0; i < size; i++) {
        v[i] = i;
    }
    printf("%d\n", v[0]);
    return 0;
}
