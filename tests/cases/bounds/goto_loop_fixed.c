/* A loop made of goto. */
#include <stdio.h>

int main(void) {
    int v[10];
    int i = 0;
again:
    v[i] = i;
    i += 3;
    if (i < 10) goto again;
    printf("%d\n", v[0]);
    return 0;
}
