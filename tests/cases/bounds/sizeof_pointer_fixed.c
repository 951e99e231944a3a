/* sizeof a parameter declared as an array is that of a pointer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy_of(const char *name) {
    char *copy = malloc(strlen(name) + 1);
    if (!copy) return NULL;
    strcpy(copy, name);
    return copy;
}

int main(void) {
    char *copy = copy_of("longer than a pointer");
    if (copy) puts(copy);
    free(copy);
    return 0;
}
