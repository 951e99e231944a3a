/* A graph with a cycle is released by recursion. */
#include <stdlib.h>

struct node {
    struct node *links[2];
    int seen;
};

static void release(struct node *n) {
    if (!n) return;
    struct node *left = n->links[0], *right = n->links[1]; //~ error[lifetime.use-after-free]
    free(n);
    release(left);
    release(right);
}

int main(void) {
    struct node *a = calloc(1, sizeof *a), *b = calloc(1, sizeof *b);
    if (!a || !b) return 1;
    a->links[0] = b;
    b->links[1] = b;
    release(a);
    return 0;
}
