/* malloc does not clear. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int *counts = calloc(4, sizeof *counts);
    if (!counts) return 1;
    int none = 0;
    for (int i = 0; i < 4; i++)
        if (counts[i] == 0) none++;
    printf("%d\n", none);
    free(counts);
    return 0;
}
