/* A new node whose successor nobody set. */
#include <stdio.h>
#include <stdlib.h>

struct node {
    int value;
    struct node *next;
};

int main(void) {
    struct node *n = malloc(sizeof *n);
    if (!n) return 1;
    n->value = 1;
    n->next = NULL;
    int length = 0;
    for (struct node *at = n; at && length < 1; at = at->next) length++;
    printf("%d\n", length);
    free(n);
    return 0;
}
