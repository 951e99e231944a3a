/* The pointer is tested, after it was used. */
#include <stdio.h>
#include <stdlib.h>

static int head_of(const int *v) {
    int first = *v; //~ error[null.deref]
    if (v == NULL) return 0;
    return first;
}

int main(void) {
    int x = 3;
    printf("%d %d\n", head_of(&x), head_of(NULL));
    return 0;
}
