/* A table of the file, with a count beside it that nobody compares. */
#include <stdio.h>

static int stack[4];
static int depth;

static void push(int value) {
    stack[depth++] = value; //~ error[bounds.write]
}

int main(void) {
    for (int i = 0; i < 5; i++) push(i);
    printf("%d %d\n", depth, stack[0]);
    return 0;
}
