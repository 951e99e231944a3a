/* The copy leaves out the terminator, the search for it does not stop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    const char *source = "gnomon";
    char *copy = malloc(strlen(source) + 1);
    if (!copy) return 1;
    strcpy(copy, source);
    puts(copy);
    free(copy);
    return 0;
}
