/* The row is chosen through a pointer to pointers. */
#include <stdio.h>

static int last_of(int **rows, int row, int n) {
    return rows[row][n - 1];
}

int main(void) {
    int a[3] = {1, 2, 3}, b[4] = {1, 2, 3, 4};
    int *rows[2] = {a, b};
    printf("%d\n", last_of(rows, 1, 4));
    return 0;
}
