/* A slot of a pool is used after the pool went. */
#include <stdio.h>
#include <stdlib.h>

struct pool {
    int *slots;
    int used;
};

static int *take(struct pool *p) { return p->used < 4 ? &p->slots[p->used++] : NULL; }

int main(void) {
    struct pool p = {calloc(4, sizeof(int)), 0};
    if (!p.slots) return 1;
    int *a = take(&p);
    int *b = take(&p);
    free(p.slots);
    if (a && b) *a = *b + 1; //~ error[lifetime.use-after-free]
    return 0;
}
