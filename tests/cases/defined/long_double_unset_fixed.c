/* All ten bytes of each long double are set; the six behind them are nobody's, and are copied all the same. */
//~ run: area(3)
#include <string.h>

struct shape {
    int kind;
    long double width, height;
};

static struct shape made(int kind) {
    struct shape shape;
    shape.kind = kind;
    shape.width = 2.5L;
    shape.height = kind < 3 ? 1 : 2;
    return shape;
}

int area(int kind) {
    struct shape shape = made(kind), again;
    memcpy(&again, &shape, sizeof again);
    shape = again;
    return shape.width * shape.height > 1;
}
