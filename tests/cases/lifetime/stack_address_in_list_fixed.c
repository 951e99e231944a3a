/* A node on the stack is linked into a list that lives longer. */
#include <stdio.h>

struct node {
    struct node *next;
    int value;
};

static struct node *head;

static void add(int value) {
    static struct node nodes[4];
    struct node *at = &nodes[value];
    at->next = head;
    at->value = value;
    head = at;
}

int main(void) {
    add(1);
    printf("%d\n", head->value);
    return 0;
}
