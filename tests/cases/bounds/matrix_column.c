/* Rows and columns are mixed up. */
#include <stdio.h>

int main(void) {
    int cells[3][5] = {{0}};
    int sum = 0;
    for (int row = 0; row < 5; row++)
        for (int column = 0; column < 3; column++) sum += cells[row][column]; //~ error[bounds.read]
    printf("%d\n", sum);
    return 0;
}
