/* A divisor in a struct behind a pointer behind a pointer. */
#include <stdio.h>

struct ratio {
    int over, under;
};

static void invert(struct ratio **r) {
    int t = (*r)->over;
    (*r)->over = (*r)->under;
    (*r)->under = t;
}

int main(void) {
    struct ratio half = {0, 2}, *p = &half;
    invert(&p);
    printf("%d\n", half.over / half.under); //~ error[arith.div-zero]
    return 0;
}
