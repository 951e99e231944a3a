/* A graph with a cycle is released by recursion. */
#include <stdlib.h>

struct node {
    struct node *links[2];
    int seen;
};

static void release(struct node *n) {
    if (!n || n->seen) return;
    n->seen = 1;
    struct node *left = n->links[0], *right = n->links[1];
    release(left);
    release(right);
    n->links[0] = n->links[1] = NULL;
}

int main(void) {
    struct node *a = calloc(1, sizeof *a), *b = calloc(1, sizeof *b);
    if (!a || !b) return 1;
    a->links[0] = b;
    b->links[1] = a;
    release(a);
    free(a);
    free(b);
    return 0;
}
