/* The mean of nothing. */
#include <stdio.h>

static int mean(const int *v, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) sum += v[i];
    return n ? sum / n : 0;
}

int main(void) {
    int v[3] = {1, 2, 3};
    printf("%d %d\n", mean(v, 3), mean(v, 0));
    return 0;
}
