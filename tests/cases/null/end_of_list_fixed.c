/* The last node's successor has no value. */
#include <stdio.h>

struct node {
    struct node *next;
    int value;
};

int main(void) {
    struct node c = {NULL, 3}, b = {&c, 2}, a = {&b, 1};
    int sum = 0;
    for (struct node *n = &a; n; n = n->next) sum += n->next ? n->next->value : 0;
    printf("%d\n", sum);
    return 0;
}
