/* A loop made of goto. */
#include <stdio.h>

int main(void) {
    int v[10];
    int i = 0;
again:
    v[i] = i; //~ error[bounds.write]
    i += 3;
    if (i < 13) goto again;
    printf("%d\n", v[0]);
    return 0;
}
