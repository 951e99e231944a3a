/* The last reference is dropped once too often. */
#include <stdio.h>
#include <stdlib.h>

struct shared {
    int references;
    int value;
};

static struct shared *take(struct shared *s) {
    s->references++;
    return s;
}

static void drop(struct shared *s) {
    if (--s->references == 0) free(s); //~ error[lifetime.use-after-free]
}

int main(void) {
    struct shared *a = calloc(1, sizeof *a);
    if (!a) return 1;
    a->references = 1;
    struct shared *b = take(a);
    drop(a);
    drop(b);
    drop(a);
    return 0;
}
