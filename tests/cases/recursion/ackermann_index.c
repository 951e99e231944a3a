/* A result of a deep recursion is an index. */
#include <stdio.h>

static unsigned ackermann(unsigned m, unsigned n) {
    if (m == 0) return n + 1;
    if (n == 0) return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

int main(void) {
    int v[9] = {0};
    printf("%d\n", v[ackermann(2, 3)]); //~ error[bounds.read]
    return 0;
}
