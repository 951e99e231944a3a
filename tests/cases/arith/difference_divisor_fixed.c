/* Two equal numbers have no slope. */
#include <stdio.h>

struct point {
    int x, y;
};

static int slope(struct point a, struct point b) {
    return b.x == a.x ? 0 : (b.y - a.y) / (b.x - a.x);
}

int main(void) {
    struct point a = {1, 2}, b = {1, 5};
    printf("%d\n", slope(a, b));
    return 0;
}
