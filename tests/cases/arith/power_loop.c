/* Powers of three. */
#include <stdio.h>

int main(void) {
    int power = 1;
    int count = 0;
    while (count < 21) {
        power *= 3; //~ error[arith.overflow]
        count++;
    }
    printf("%d\n", power);
    return 0;
}
