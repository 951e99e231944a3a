/* Removing the first node of a doubly linked list. */
#include <stdio.h>

struct node {
    struct node *before, *after;
};

static void unlink_node(struct node *n) {
    if (n->before) n->before->after = n->after;
    if (n->after) n->after->before = n->before;
}

int main(void) {
    struct node a = {NULL, NULL}, b = {&a, NULL};
    a.after = &b;
    unlink_node(&a);
    printf("%d\n", b.before == NULL);
    return 0;
}
