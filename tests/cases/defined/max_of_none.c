/* The largest of no numbers. */
#include <stdio.h>

static int is_large(const int *v, int n) {
    int best;
    for (int i = 0; i < n; i++)
        if (i == 0 || v[i] > best) best = v[i];
    if (best > 5) return 1; //~ error[defined.read]
    return 0;
}

int main(void) {
    int v[2] = {1, 2};
    printf("%d\n", is_large(v, 2) + is_large(v, 0));
    return 0;
}
