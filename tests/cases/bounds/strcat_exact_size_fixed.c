/* The bound of strncat does not count the terminator. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char line[8] = "abc";
    const char *rest = "defghijk";
    strncat(line, rest, sizeof line - strlen(line) - 1);
    puts(line);
    return 0;
}
