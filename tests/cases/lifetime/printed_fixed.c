/* A name is freed behind the line that tells of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char *name = malloc(8);
    if (!name) return 1;
    strcpy(name, "sensor");
    fprintf(stderr, "%d: freed %s at %p\n", 1, name, (void *)name);
    free(name);
    fprintf(stderr, "%p is gone\n", (void *)name);
    return 0;
}
