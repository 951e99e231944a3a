/* Every compound assignment computes. */
#include <stdio.h>

int main(void) {
    int values[4] = {1000000, 2000000000, 7, 9};
    values[0] /= values[2];
    printf("%d\n", values[0]);
    return 0;
}
