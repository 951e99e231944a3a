/* A library function reads a freed string. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char *word = strdup("word");
    if (!word) return 1;
    free(word);
    puts(word); //~ error[lifetime.use-after-free]
    return 0;
}
