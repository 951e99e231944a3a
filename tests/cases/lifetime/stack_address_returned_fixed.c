/* The address of a local leaves its function through a variable. */
#include <stdio.h>

static int *largest(int a, int b) {
    static int result;
    result = a > b ? a : b;
    int *where = &result;
    return where;
}

int main(void) {
    int *where = largest(3, 4);
    printf("%d\n", *where);
    return 0;
}
