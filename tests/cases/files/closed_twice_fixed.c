/* The error path closes the file again. */
#include <stdio.h>

static int head(FILE *file) {
    int c = fgetc(file);
    return c;
}

int main(void) {
    FILE *file = fopen("/dev/null", "r");
    if (!file) return 1;
    int c = head(file);
    fclose(file);
    return c == EOF ? 0 : 1;
}
