/* sizeof a parameter declared as an array is that of a pointer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy_of(const char *name) {
    char *copy = malloc(sizeof name);
    if (!copy) return NULL;
    strcpy(copy, name); //~ error[bounds.write]
    return copy;
}

int main(void) {
    char *copy = copy_of("longer than a pointer");
    if (copy) puts(copy);
    free(copy);
    return 0;
}
