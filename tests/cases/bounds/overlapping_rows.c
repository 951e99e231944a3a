/* A pointer to a row is taken as a pointer to the matrix. */
#include <stdio.h>

static int trace(int (*m)[3]) {
    return m[0][0] + m[1][1] + m[2][2]; //~ error[bounds.read]
}

int main(void) {
    int m[2][3] = {{1, 2, 3}, {4, 5, 6}};
    printf("%d\n", trace(m));
    return 0;
}
