/* The pointer that is freed was moved along the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char *text = malloc(16);
    if (!text) return 1;
    strcpy(text, "  indented");
    char *at = text;
    while (*at == ' ') at++;
    puts(at);
    free(text);
    return 0;
}
