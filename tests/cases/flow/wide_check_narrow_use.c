/* The check is made before the number is narrowed. */
#include <stdio.h>

static int pick(unsigned n) {
    int v[200] = {0};
    signed char index = (signed char)n;
    if (n >= 200) return 0;
    return v[index]; //~ error[bounds.read]
}

int main(void) {
    printf("%d\n", pick(130));
    return 0;
}
