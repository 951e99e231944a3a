/* An insertion moves all greater ones up, and the array may be full. */
#include <stdio.h>

static int v[4];
static int n;

static void insert(int x) {
    if (n == 4) return;
    int i = n++;
    while (i > 0 && v[i - 1] > x) {
        v[i] = v[i - 1];
        i--;
    }
    v[i] = x;
}

int main(void) {
    for (int x = 5; x > 0; x--) insert(x);
    printf("%d\n", v[0]);
    return 0;
}
