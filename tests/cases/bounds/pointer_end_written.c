/* The end is written to, not only pointed at. */
#include <stdio.h>

int main(void) {
    char buffer[32];
    char *at = buffer, *end = buffer + sizeof buffer;
    while (at < end) *at++ = '-';
    *end = '\0'; //~ error[bounds.write]
    puts(buffer);
    return 0;
}
