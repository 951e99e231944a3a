/* Rows and columns are mixed up. */
#include <stdio.h>

int main(void) {
    int cells[3][5] = {{0}};
    int sum = 0;
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 5; column++) sum += cells[row][column];
    printf("%d\n", sum);
    return 0;
}
