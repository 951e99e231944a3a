/* A long at its lower limit. */
#include <limits.h>
#include <stdio.h>

int main(void) {
    long n = LONG_MIN + 1;
    for (int i = 0; i < 2; i++) {
        if (n > LONG_MIN) n--;
    }
    printf("%ld\n", n);
    return 0;
}
