/* The inner loop compares with the element after the last. */
#include <stdio.h>

static void sort(int *v, int n) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n - i - 1; j++)
            if (v[j] > v[j + 1]) {
                int t = v[j];
                v[j] = v[j + 1];
                v[j + 1] = t;
            }
}

int main(void) {
    int v[4] = {4, 3, 2, 1};
    sort(v, 4);
    printf("%d\n", v[0]);
    return 0;
}
