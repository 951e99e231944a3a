/* A path of choices is kept in an array that is too short for the deepest. */
#include <stdio.h>

static int path[4];

static int walk(int depth, int limit) {
    if (depth == limit) return 1;
    path[depth] = depth; //~ error[bounds.write]
    return walk(depth + 1, limit) + walk(depth + 1, limit);
}

int main(void) {
    printf("%d\n", walk(0, 5));
    return path[0];
}
