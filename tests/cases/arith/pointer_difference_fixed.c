/* The number of elements between two pointers is the divisor. */
#include <stdio.h>

static int per_element(const int *begin, const int *end, int total) {
    return end == begin ? 0 : total / (int)(end - begin);
}

int main(void) {
    int v[2] = {1, 2};
    printf("%d\n", per_element(v, v + 2, 8) + per_element(v, v, 8));
    return 0;
}
