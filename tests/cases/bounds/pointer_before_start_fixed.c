/* Digits are written from the end to the front; there are more than there is room for. */
#include <stdio.h>

static const char *decimal(unsigned n, char *end) {
    *--end = '\0';
    do {
        *--end = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    return end;
}

int main(void) {
    char text[11];
    puts(decimal(4294967295u, text + sizeof text));
    return 0;
}
