/* The file is read and left open. */
#include <stdio.h>

static int first_of(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) return -1;
    int c = fgetc(file);
    fclose(file);
    return c;
}

int main(void) {
    printf("%d\n", first_of("/dev/null"));
    return 0;
}
