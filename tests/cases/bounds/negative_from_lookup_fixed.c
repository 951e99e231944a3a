/* -1 for "not found" is used as an index. */
#include <stdio.h>

static int find(const int *v, int n, int wanted) {
    for (int i = 0; i < n; i++)
        if (v[i] == wanted) return i;
    return -1;
}

int main(void) {
    int keys[3] = {5, 6, 7};
    int values[3] = {50, 60, 70};
    int at = find(keys, 3, 9);
    if (at >= 0) printf("%d\n", values[at]);
    return 0;
}
