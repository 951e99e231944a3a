/* More is taken from a stack than was put on it. */
#include <stdio.h>

static int items[8];
static int top;

static void push(int value) { if (top < 8) items[top++] = value; }
static int pop(void) { return top > 0 ? items[--top] : 0; }

int main(void) {
    push(1);
    push(2);
    int sum = pop() + pop();
    sum += pop();
    printf("%d\n", sum);
    return 0;
}
