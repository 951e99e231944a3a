/* The next node is asked for after its predecessor was freed. */
#include <stdio.h>
#include <stdlib.h>

struct node {
    struct node *next;
    int value;
};

int main(void) {
    struct node *head = NULL;
    for (int i = 0; i < 3; i++) {
        struct node *n = malloc(sizeof *n);
        if (!n) exit(1);
        n->next = head;
        n->value = i;
        head = n;
    }
    for (struct node *n = head, *next; n; n = next) {
        next = n->next;
        free(n);
    }
    return 0;
}
