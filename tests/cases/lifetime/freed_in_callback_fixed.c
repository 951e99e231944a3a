/* A visitor frees the node that the walk goes on from. */
#include <stdio.h>
#include <stdlib.h>

struct node {
    struct node *next;
    int value;
};

static void each(struct node *head, void (*visit)(struct node *)) {
    struct node *next;
    for (struct node *n = head; n; n = next) {
        next = n->next;
        visit(n);
    }
}

static void drop(struct node *node) { free(node); }

int main(void) {
    struct node *head = calloc(1, sizeof *head);
    if (!head) return 1;
    each(head, drop);
    return 0;
}
