/* A matrix in one block, indexed by hand. */
#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 4, COLUMNS = 6 };

int main(void) {
    double *m = calloc(ROWS * COLUMNS, sizeof *m);
    if (!m) return 1;
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++)
            m[r * COLUMNS + c] = r + c;
    printf("%g\n", m[3]);
    free(m);
    return 0;
}
