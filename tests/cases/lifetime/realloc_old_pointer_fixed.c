/* A pointer into a block that realloc moved. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char *text = malloc(8);
    if (!text) return 1;
    strcpy(text, "one");
    char *longer = realloc(text, 4096);
    if (!longer) {
        free(text);
        return 1;
    }
    char *first = longer;
    putchar(first[0]);
    free(longer);
    return 0;
}
