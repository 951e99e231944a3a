/* Two words with a space between, and no room for the terminator. */
#include <stdio.h>
#include <string.h>

int main(void) {
    char line[10] = "hello";
    strcat(line, " gnom"); //~ error[bounds.write]
    puts(line);
    return 0;
}
