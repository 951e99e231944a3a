/* A pointer in a struct is passed by value. */
#include <stdio.h>
#include <stdlib.h>

struct carrier {
    char *data;
};

static void sink(struct carrier c) {
    if (c.data) c.data[0] = 0;
}

int main(void) {
    struct carrier c = {malloc(5)};
    sink(c);
    free(c.data);
    return 0;
}
