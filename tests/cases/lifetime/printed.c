/* A name is freed before the line that tells of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char *name = malloc(8);
    if (!name) return 1;
    strcpy(name, "sensor");
    free(name);
    fprintf(stderr, "%d: freed %s\n", 1, name);  //~ error[lifetime.use-after-free]
    return 0;
}
