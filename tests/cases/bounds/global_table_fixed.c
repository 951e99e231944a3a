/* A table of the file, with a count beside it that nobody compares. */
#include <stdio.h>

static int stack[4];
static int depth;

static void push(int value) {
    if (depth == 4) return;
    stack[depth++] = value;
}

int main(void) {
    for (int i = 0; i < 5; i++) push(i);
    printf("%d %d\n", depth, stack[0]);
    return 0;
}
