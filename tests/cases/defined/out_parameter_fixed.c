/* The helper sets the result only when it succeeds. */
#include <stdio.h>

static int parse_digit(char c, int *value) {
    if (c < '0' || c > '9') return -1;
    *value = c - '0';
    return 0;
}

int main(void) {
    int value;
    if (parse_digit('x', &value) == 0 && value == 3) puts("three");
    return 0;
}
