/* A difference below the smallest number. */
#include <limits.h>
#include <stdio.h>

int main(void) {
    int low = INT_MIN;
    int step = 5;
    low = low - step; //~ error[arith.overflow]
    printf("%d\n", low);
    return 0;
}
