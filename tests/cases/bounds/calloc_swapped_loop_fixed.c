/* Two dimensions whose product is right and whose order is not. */
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int width = 3, height = 5;
    int *cells = calloc((size_t)width * (size_t)height, sizeof *cells);
    if (!cells) return 1;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            cells[x + y * width] = 1;
        }
    printf("%d\n", cells[0]);
    free(cells);
    return 0;
}
