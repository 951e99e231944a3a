/* Two lengths are compared by their difference. */
#include <limits.h>
#include <stdio.h>

static int compare(int a, int b) {
    return (a > b) - (a < b);
}

int main(void) {
    printf("%d\n", compare(INT_MIN, 1) < 0);
    return 0;
}
