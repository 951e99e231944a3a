/* A null pointer is passed on, three calls deep. */
#include <stdio.h>

static void store(int *to, int value) {
    if (to) *to = value;
}
static void level_two(int *to, int value) { store(to, value + 1); }
static void level_one(int *to, int value) { level_two(to, value + 1); }

int main(void) {
    int x = 0;
    level_one(&x, 1);
    level_one(NULL, 2);
    printf("%d\n", x);
    return 0;
}
