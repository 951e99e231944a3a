/* The second of two levels is null. */
#include <stdio.h>

static int read_at(int **where) {
    return where ? **where : 0; //~ error[null.deref]
}

int main(void) {
    int x = 1, *p = &x, *q = NULL;
    printf("%d\n", read_at(&p) + read_at(&q));
    return 0;
}
