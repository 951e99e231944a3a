/* Powers of three. */
#include <stdio.h>

int main(void) {
    int power = 1;
    int count = 0;
    while (count < 19) {
        power *= 3;
        count++;
    }
    printf("%d\n", power);
    return 0;
}
