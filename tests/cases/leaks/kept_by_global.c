/* A block that a global still refers to is no leak; the twin loses it. */
#include <stdlib.h>

static char *cache;

int main(void) {
    cache = malloc(64);
    if (!cache) return 1;
    cache[0] = 'c';
    cache = NULL; //~ error[lifetime.leak]
    return 0;
}
