/* A record is read where only its header is. */
#include <stdio.h>
#include <stdlib.h>

struct header {
    int kind;
};
struct point {
    struct header header;
    int x, y;
};

static int x_of(const struct header *h) {
    return h->kind == 2 ? ((const struct point *)h)->x : 0;
}

int main(void) {
    struct header *h = malloc(sizeof *h);
    if (!h) return 1;
    h->kind = 1;
    printf("%d\n", x_of(h));
    free(h);
    return 0;
}
