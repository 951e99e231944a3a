/* A thousand calls deep, a result is an index. */
#include <stdio.h>

static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }

int main(void) {
    int v[1000] = {0};
    printf("%d\n", v[depth(1000)]); //~ error[bounds.read]
    return 0;
}
