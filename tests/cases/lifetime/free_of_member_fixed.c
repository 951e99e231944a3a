/* A member is freed as if it were a block of its own. */
#include <stdlib.h>

struct shape {
    int kind;
    int sides[4];
};

int main(void) {
    struct shape *shape = calloc(1, sizeof *shape);
    if (!shape) return 1;
    int *sides = shape->sides;
    sides[0] = 1;
    free(shape);
    return 0;
}
