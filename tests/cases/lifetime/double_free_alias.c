/* Two pointers own the same block. */
#include <stdlib.h>

struct pair {
    char *left, *right;
};

static void clear(struct pair *pair) {
    free(pair->left);
    free(pair->right); //~ error[lifetime.double-free]
}

int main(void) {
    struct pair pair;
    pair.left = malloc(4);
    pair.right = pair.left;
    clear(&pair);
    return 0;
}
