/* Digits are made a number without asking whether it fits. */
#include <limits.h>
#include <stdio.h>

static int number_of(const char *text) {
    int n = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        if (n > (INT_MAX - 9) / 10) return INT_MAX;
        n = n * 10 + (*text - '0');
    }
    return n;
}

int main(void) {
    printf("%d %d\n", number_of("123"), number_of("99999999999"));
    return 0;
}
