/* Two equal numbers have no slope. */
#include <stdio.h>

struct point {
    int x, y;
};

static int slope(struct point a, struct point b) {
    return (b.y - a.y) / (b.x - a.x); //~ error[arith.div-zero]
}

int main(void) {
    struct point a = {1, 2}, b = {1, 5};
    printf("%d\n", slope(a, b));
    return 0;
}
