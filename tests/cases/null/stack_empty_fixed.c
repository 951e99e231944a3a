/* The top of an empty linked stack. */
#include <stdio.h>
#include <stdlib.h>

struct cell {
    struct cell *below;
    int value;
};

static struct cell *top;

static void push(int value) {
    struct cell *c = malloc(sizeof *c);
    if (!c) exit(1);
    c->below = top;
    c->value = value;
    top = c;
}

static int pop(void) {
    struct cell *c = top;
    if (!c) return 0;
    top = c->below;
    int value = c->value;
    free(c);
    return value;
}

int main(void) {
    push(1);
    push(2);
    int sum = pop() + pop();
    sum += pop();
    printf("%d\n", sum);
    return 0;
}
