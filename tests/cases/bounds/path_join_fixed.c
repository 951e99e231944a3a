/* A folder and a file name, and a slash between. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *join(const char *folder, const char *file) {
    char *path = malloc(strlen(folder) + strlen(file) + 2);
    if (!path) return NULL;
    strcpy(path, folder);
    strcat(path, "/");
    strcat(path, file);
    return path;
}

int main(void) {
    char *path = join("usr", "lib");
    if (path) puts(path);
    free(path);
    return 0;
}
