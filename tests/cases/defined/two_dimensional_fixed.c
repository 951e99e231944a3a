/* The diagonal is set, the rest is not. */
#include <stdio.h>

int main(void) {
    int m[3][3] = {{0}};
    for (int i = 0; i < 3; i++) m[i][i] = 1;
    int zeros = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            if (m[i][j] == 0) zeros++;
    printf("%d\n", zeros);
    return 0;
}
