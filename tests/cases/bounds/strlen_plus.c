/* The copy leaves out the terminator, the search for it does not stop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    const char *source = "gnomon";
    char *copy = malloc(strlen(source));
    if (!copy) return 1;
    strcpy(copy, source); //~ error[bounds.write]
    puts(copy);
    free(copy);
    return 0;
}
