/* Pairs are read from an odd number of elements. */
#include <stdio.h>

int main(void) {
    int v[7] = {1, 2, 3, 4, 5, 6, 7};
    int sum = 0;
    for (int i = 0; i < 7; i += 2) sum += v[i] * v[i + 1]; //~ error[bounds.read]
    printf("%d\n", sum);
    return 0;
}
