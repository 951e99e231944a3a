/* A hash in a table without buckets. */
#include <stdio.h>

struct table {
    unsigned buckets;
};

static unsigned place(const struct table *t, unsigned hash) {
    return t->buckets ? hash % t->buckets : 0;
}

int main(void) {
    struct table t = {0};
    printf("%u\n", place(&t, 12345));
    return 0;
}
