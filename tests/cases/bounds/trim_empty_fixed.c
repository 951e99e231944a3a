/* Blanks are cut off the end, also of a line that has nothing else. */
#include <stdio.h>
#include <string.h>

static void trim(char *text) {
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] == ' ') n--;
    text[n] = '\0';
}

int main(void) {
    char line[1] = "";
    trim(line);
    puts(line);
    return 0;
}
