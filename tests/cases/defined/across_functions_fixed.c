/* A helper fills as many as it is told, the caller reads all. */
#include <stdio.h>

static void fill(int *v, int n) {
    for (int i = 0; i < n; i++) v[i] = i * i;
}

static int largest(const int *v, int n) {
    int best = 0;
    for (int i = 0; i < n; i++)
        if (v[i] > best) best = v[i];
    return best;
}

int main(void) {
    int v[5];
    fill(v, 5);
    printf("%d\n", largest(v, 5));
    return 0;
}
