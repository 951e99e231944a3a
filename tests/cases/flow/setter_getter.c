/* An object with functions for everything. */
#include <stdio.h>
#include <stdlib.h>

struct counter {
    int count, limit;
    int *history;
};

static struct counter *counter_new(int limit) {
    struct counter *c = malloc(sizeof *c);
    if (!c) return NULL;
    c->count = 0;
    c->limit = limit;
    c->history = calloc((size_t)limit, sizeof(int));
    if (!c->history) {
        free(c);
        return NULL;
    }
    return c;
}

static void counter_tick(struct counter *c) {
    if (c->count <= c->limit) c->history[c->count++] = 1; //~ error[bounds.write]
}

static void counter_drop(struct counter *c) {
    free(c->history);
    free(c);
}

int main(void) {
    struct counter *c = counter_new(3);
    if (!c) return 1;
    for (int i = 0; i < 5; i++) counter_tick(c);
    printf("%d\n", c->count);
    counter_drop(c);
    return 0;
}
