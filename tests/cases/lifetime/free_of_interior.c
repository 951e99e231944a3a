/* The pointer that is freed was moved along the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char *text = malloc(16);
    if (!text) return 1;
    strcpy(text, "  indented");
    while (*text == ' ') text++;
    puts(text);
    free(text); //~ error[lifetime.bad-free]
    return 0;
}
