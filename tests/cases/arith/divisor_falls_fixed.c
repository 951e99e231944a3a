/* A divisor that a loop counts down to zero. */
#include <stdio.h>

int main(void) {
    int sum = 0;
    for (int i = 4; i > 0; i--) sum += 60 / i;
    printf("%d\n", sum);
    return 0;
}
