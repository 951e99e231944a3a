/* Blanks are cut off the end, also of a line that has nothing else. */
#include <stdio.h>
#include <string.h>

static void trim(char *text) {
    size_t n = strlen(text);
    while (text[n - 1] == ' ') n--; //~ error[bounds.read]
    text[n] = '\0';
}

int main(void) {
    char line[1] = "";
    trim(line);
    puts(line);
    return 0;
}
