/* A pointer in a struct is passed by value. */
#include <stdio.h>
#include <stdlib.h>

struct carrier {
    char *data;
};

static void sink(struct carrier c) {
    free(c.data); //~ error[lifetime.double-free]
}

int main(void) {
    struct carrier c = {malloc(5)};
    free(c.data);
    sink(c);
    return 0;
}
