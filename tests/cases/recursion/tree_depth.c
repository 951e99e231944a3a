/* A tree is built by recursion and walked one level too deep. */
#include <stdio.h>
#include <stdlib.h>

struct tree {
    struct tree *left, *right;
    int value;
};

static struct tree *grow(int depth) {
    if (depth == 0) return NULL;
    struct tree *t = malloc(sizeof *t);
    if (!t) exit(1);
    t->value = depth;
    t->left = grow(depth - 1);
    t->right = grow(depth - 1);
    return t;
}

static int leftmost(const struct tree *t, int depth) {
    for (int i = 0; i < depth; i++) t = t->left;
    return t->value; //~ error[null.deref]
}

static void cut(struct tree *t) {
    if (!t) return;
    cut(t->left);
    cut(t->right);
    free(t);
}

int main(void) {
    struct tree *t = grow(3);
    int value = leftmost(t, 3);
    cut(t);
    printf("%d\n", value);
    return 0;
}
