/* A visitor is told the number of elements, not the last index. */
#include <stdio.h>

static int v[3] = {1, 2, 3};

static void each(int n, void (*visit)(int, void *), void *data) {
    for (int i = 0; i < n; i++) visit(i, data);
}

static void add(int i, void *data) {
    *(int *)data += v[i];
}

int main(void) {
    int sum = 0;
    each(3, add, &sum);
    printf("%d\n", sum);
    return 0;
}
