/* Two words with a space between, and no room for the terminator. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char line[11] = "hello";
    strcat(line, " gnom");
    puts(line);
    return 0;
}
