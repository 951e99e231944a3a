/* Both children of a tree are the same node. */
#include <stdlib.h>

struct tree {
    struct tree *left, *right;
};

static void clear(struct tree *tree) {
    if (!tree) return;
    clear(tree->left); //~ error[lifetime.use-after-free]
    clear(tree->right);
    free(tree);
}

int main(void) {
    struct tree *root = calloc(1, sizeof *root);
    if (!root) return 1;
    root->left = calloc(1, sizeof *root);
    root->right = root->left;
    clear(root);
    return 0;
}
