/* Each row is a block of its own, and the last one is shorter. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int *rows[3];
    for (int i = 0; i < 3; i++) {
        rows[i] = calloc(4, sizeof(int));
        if (!rows[i]) exit(1);
    }
    int sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++) {
            sum += rows[i][j];
        }
    printf("%d\n", sum);
    for (int i = 0; i < 3; i++) free(rows[i]);
    return 0;
}
