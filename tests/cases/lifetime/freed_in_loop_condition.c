/* The loop asks the node that its body freed. */
#include <stdlib.h>

struct node {
    struct node *next;
};

int main(void) {
    struct node *n = calloc(1, sizeof *n);
    if (!n) return 1;
    n->next = calloc(1, sizeof *n);
    do {
        free(n);
    } while (n->next); //~ error[lifetime.use-after-free]
    return 0;
}
