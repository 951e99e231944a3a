/* The struct after the last. */
#include <stdio.h>

struct point {
    int x, y;
};

static struct point corners[4] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};

int main(void) {
    int around = 0;
    for (int i = 0; i < 4; i++) {
        const struct point *a = &corners[i], *b = &corners[i + 1];
        around += a->x * b->y - b->x * a->y; //~ error[bounds.read]
    }
    printf("%d\n", around);
    return 0;
}
