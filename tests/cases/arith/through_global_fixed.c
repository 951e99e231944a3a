/* A global that one function sets and another divides by. */
#include <stdio.h>

static int scale = 10;

static void reset(void) { scale = 0; }
static int scaled(int n) { return scale ? n / scale : n; }

int main(void) {
    int n = scaled(50);
    reset();
    n += scaled(50);
    printf("%d\n", n);
    return 0;
}
