/* A default that is no block is freed like one. */
#include <stdlib.h>
#include <string.h>

static char fallback[] = "default";

static char *name_of(int known) {
    if (!known) return fallback;
    char *name = malloc(6);
    if (name) strcpy(name, "known");
    return name;
}

int main(void) {
    char *name = name_of(0);
    if (name != fallback) free(name);
    return 0;
}
