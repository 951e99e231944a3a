/* A node on the stack is linked into a list that lives longer. */
#include <stdio.h>

struct node {
    struct node *next;
    int value;
};

static struct node *head;

static void add(int value) {
    struct node node = {head, value};
    struct node *at = &node;
    head = at;
}

int main(void) {
    add(1);
    printf("%d\n", head->value); //~ error[lifetime.stack-escape]
    return 0;
}
