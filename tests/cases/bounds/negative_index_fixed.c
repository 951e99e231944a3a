/* The element before the first. */
#include <stdio.h>

static int previous(const int *v, int i) {
    return i > 0 ? v[i - 1] : 0;
}

int main(void) {
    int v[4] = {4, 3, 2, 1};
    int sum = 0;
    for (int i = 3; i >= 0; i--) sum += previous(v, i);
    printf("%d\n", sum);
    return 0;
}
