/* An unsigned counter never falls below zero. */
#include <stdio.h>

int main(void) {
    int v[4] = {1, 2, 3, 4};
    int sum = 0;
    for (unsigned i = 4; i-- > 0;) sum += v[i];
    printf("%d\n", sum);
    return 0;
}
